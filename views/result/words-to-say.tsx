import type { SaidLine, WordsToSay } from '../../server/consultation/script-lines.ts';
import { Sources } from '../kit/citation.tsx';
import { countOf, Fold } from '../kit/fold.tsx';

/** Words for the child and for a parent who asks. On paper only if somebody has unfolded them: the sheet for the telephone has one page. */
export function WordsToSayFolds({ words: { child, parent } }: { words: WordsToSay }) {
  return (
    <>
      {child.length > 0 && (
        <Fold id="to-child" title="What to say to the child now" holds={countOf(child.length, 'line')} quiet>
          <Lines lines={child} />
        </Fold>
      )}
      {parent.length > 0 && (
        <Fold id="to-parent" title="If a parent asks" holds={countOf(parent.length, 'line')} quiet>
          <Lines lines={parent} />
        </Fold>
      )}
    </>
  );
}

function Lines({ lines }: { lines: SaidLine[] }) {
  return (
    <>
      <ul class="fd-words">
        {lines.map(({ kind, text }) => (
          <li>{kind === 'say' ? <q>{text}</q> : text}</li>
        ))}
      </ul>
      <Sources citations={lines.flatMap(({ citations }) => citations)} summary="Where these words come from" />
    </>
  );
}
