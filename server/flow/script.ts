/** What to say to the child now, and to a parent who asks. */
import type { Condition, Source } from './flow.ts';

export interface ScriptLine {
  id: string;
  to: 'child' | 'parent';
  /** Words to say, or how to say them. */
  kind: 'say' | 'do';
  text: string;
  /** Undefined: whatever was answered. */
  onlyWith?: Condition;
  cite: string[];
}

export interface Script {
  /** National lines first, in the order of the files. */
  lines: ScriptLine[];
  sources: Record<string, Source>;
}
