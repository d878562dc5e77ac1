import type { Citation } from '../../server/consultation/citation.ts';
import { describeDay } from './day.ts';
import { Details } from './details.tsx';

/** The documents and paragraphs behind something, folded away. */
export function Sources({ citations, summary = 'Where this comes from' }: { citations: Citation[]; summary?: string }) {
  if (citations.length === 0) return null;
  return (
    <Details summary={summary} quiet>
      <Citations citations={citations} />
    </Details>
  );
}

export function Citations({ citations }: { citations: Citation[] }) {
  return (
    <ul class="fd-citations">
      {citations.map((citation) => (
        <li>
          <CitationLine citation={citation} />
        </li>
      ))}
    </ul>
  );
}

function CitationLine({ citation }: { citation: Citation }) {
  const { title, publisher, published, reviewDue, replacedBy, note, checked } = citation;
  return (
    <>
      <cite>{title}</cite>, {describeParagraph(citation)}. {publisher}, {describeAge(published)}
      {reviewDue !== undefined && `, review due ${describeDay(reviewDue)}`}.
      {replacedBy !== undefined && ` A newer one stands: ${replacedBy}.`}
      {checked !== undefined && ` How far it is checked: ${checked}.`}
      {note !== undefined && ` ${note}`}
    </>
  );
}

function describeParagraph({ paragraph, paragraphTitle }: Citation): string {
  const number = /^\d/.test(paragraph) ? `paragraph ${paragraph}` : paragraph;
  return paragraphTitle === '' ? number : `${number} (${paragraphTitle})`;
}

export function describeAge(published: string): string {
  return published === 'undated' ? 'undated' : `published ${describeDay(published)}`;
}
