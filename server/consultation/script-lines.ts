/** What to say to the child now, and to a parent who asks: the lines that hold for this consultation. Pure. */
import type { Flow } from '../flow/flow.ts';
import type { Script, ScriptLine } from '../flow/script.ts';
import { holds } from '../flow/walk/condition.ts';
import { knownAt } from '../flow/walk/known.ts';
import type { Position } from '../flow/walk/walk.ts';
import { type Citation, citationsOf } from './citation.ts';

export interface SaidLine extends Pick<ScriptLine, 'kind' | 'text'> {
  citations: Citation[];
}

/** Empty lists where the guidance has nothing to say to them. */
export interface WordsToSay {
  child: SaidLine[];
  parent: SaidLine[];
}

export function wordsToSay(script: Script, { flow, position }: { flow: Flow; position: Position }): WordsToSay {
  const known = knownAt(flow, position);
  const to = (listener: ScriptLine['to']) =>
    script.lines
      .filter((line) => line.to === listener && holds(line.onlyWith, known))
      .map(({ kind, text, cite }) => ({ kind, text, citations: citationsOf(script, cite) }));
  return { child: to('child'), parent: to('parent') };
}
