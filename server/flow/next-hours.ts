/** The one question about the next hours, asked beside a result: what to do until somebody has answered. It changes nothing of the result. */
import type { Condition, Source } from './flow.ts';

export interface NextHoursOption {
  id: string;
  text: string;
  /** Holds where the interview has heard this answer already, so that it is not asked again. Undefined: it never has. */
  knownWhen?: Condition;
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
  /** Where the question has no sense, such as for a baby who is not born: only whom to ring in turn is shown. */
  notAskedWhen?: Condition;
  options: NextHoursOption[];
  /** The documents that the lines cite. */
  sources: Record<string, Source>;
}
