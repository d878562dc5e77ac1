/**
 * The single question about the next hours, asked beside a result: what to do until somebody answers. It does not
 * change the result.
 */
import type { Condition, Source } from './flow.ts';

export interface NextHoursOption {
  id: string;
  text: string;
  /**
   * The answers of the interview under which this is already known, so that it is not asked again. Undefined if none.
   */
  knownWhen?: Condition;
  untilThen: NextHoursLine[];
}

export interface NextHoursLine {
  do: string;
  /** Undefined means for everybody who ticks the option. */
  onlyWith?: Condition;
  cite: string[];
}

export interface NextHours {
  question: string;
  why: string;
  /** When the question makes no sense, such as for an unborn baby: then only the numbers to ring are shown. */
  notAskedWhen?: Condition;
  options: NextHoursOption[];
  /** The documents that the lines cite. */
  sources: Record<string, Source>;
}
