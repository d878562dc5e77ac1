/** Something in a flow that cannot be meant. */
export interface Fault {
  part: string;
  step?: string;
  message: string;
  /** `warning`: it may be meant; look at it. */
  kind: 'error' | 'warning';
}
