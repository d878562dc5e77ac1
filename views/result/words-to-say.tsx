import type { SaidLine, WordsToSay } from '../../server/consultation/script-lines.ts';
import { Sources } from '../kit/citation.tsx';
import { countOf, Fold, type FoldedAt } from '../kit/fold.tsx';

/**
 * Words for the child and for a parent who asks. Printed only if somebody unfolded them, because the telephone sheet is
 * one page.
 */
export function WordsToSayFold({
  words: { child, parent },
  folded,
}: {
  words: WordsToSay;
  folded?: FoldedAt | undefined;
}) {
  const lines = [...child, ...parent];
  if (lines.length === 0) return null;
  return (
    <Fold {...folded} id="words" title="What to say meanwhile" holds={countOf(lines.length, 'line')} quiet>
      <Lines id="to-child" title="To the child" lines={child} />
      <Lines id="to-parent" title="If a parent asks" lines={parent} />
      <Sources citations={lines.flatMap(({ citations }) => citations)} summary="Where these words come from" />
    </Fold>
  );
}

function Lines({ id, title, lines }: { id: string; title: string; lines: SaidLine[] }) {
  if (lines.length === 0) return null;
  return (
    <div id={id}>
      <h3 class="govuk-heading-s">{title}</h3>
      <ul class="fd-words">
        {lines.map(({ kind, text }) => (
          <li>{kind === 'say' ? <q>{text}</q> : text}</li>
        ))}
      </ul>
    </div>
  );
}
