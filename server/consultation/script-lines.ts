/** What to say to the child now, and to a parent who asks: the lines that apply to this consultation. Pure. */
import type { Flow } from '../flow/flow.ts';
import type { Script, ScriptLine } from '../flow/script.ts';
import { holds } from '../flow/walk/condition.ts';
import { knownAt } from '../flow/walk/known.ts';
import type { Position } from '../flow/walk/walk.ts';
import { type Citation, citationsOf } from './citation.ts';

export interface SaidLine extends Pick<ScriptLine, 'kind' | 'text'> {
  citations: Citation[];
}

/** A list is empty if the guidance has nothing to say to that person. */
export interface WordsToSay {
  child: SaidLine[];
  parent: SaidLine[];
}

export function wordsToSay(script: Script, reached: { flow: Flow; position: Position }): WordsToSay {
  const known = said.get(reached.position);
  if (known?.script === script) return known.words;
  const words = describeWords(script, reached);
  said.set(reached.position, { script, words });
  return words;
}

/**
 * Readers who gave the same answers lately share one position object (`kept-walks.ts`), so the words are kept with it.
 */
const said = new WeakMap<Position, { script: Script; words: WordsToSay }>();

function describeWords(script: Script, { flow, position }: { flow: Flow; position: Position }): WordsToSay {
  const known = knownAt(flow, position);
  const to = (listener: ScriptLine['to']) =>
    script.lines
      .filter((line) => line.to === listener && holds(line.onlyWith, known))
      .map(({ kind, text, cite }) => ({ kind, text, citations: citationsOf(script, cite) }));
  return { child: to('child'), parent: to('parent') };
}
