/** The one question about the next hours, asked beside a result: what to do until somebody has answered. It changes nothing of the result. */
import type { Condition, Source } from './flow.ts';

export interface NextHoursOption {
  id: string;
  text: string;
  untilThen: NextHoursLine[];
}

export interface NextHoursLine {
  do: string;
  /** Undefined: for everybody who ticks the option. */
  onlyWith?: Condition;
  cite: string[];
}

export interface NextHours {
  question: string;
  why: string;
  options: NextHoursOption[];
  /** The documents that the lines cite. */
  sources: Record<string, Source>;
}
