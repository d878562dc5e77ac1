/** Something in a flow that looks like a mistake. */
export interface Fault {
  part: string;
  step?: string;
  message: string;
  /** A warning may be intended, and should be looked at. */
  kind: 'error' | 'warning';
}
