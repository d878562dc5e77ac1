import { describeDay } from '../../server/base/days.ts';
import type { Citation } from '../../server/consultation/citation.ts';
import { Details } from './details.tsx';

/** The documents and paragraphs that something is based on, collapsed. */
export function Sources({ citations, summary = 'Where this comes from' }: { citations: Citation[]; summary?: string }) {
  if (citations.length === 0) return null;
  return (
    <Details summary={summary} quiet>
      <Citations citations={citations} />
    </Details>
  );
}

/**
 * One line for each document, with its paragraphs. `Documents` gives a document's age and how far it has been checked.
 */
export function Citations({ citations }: { citations: Citation[] }) {
  return (
    <ul class="fd-citations" translate="no">
      {byDocument(citations).map(([{ title, published, replacedBy }, paragraphs]) => (
        <li>
          <cite>{title}</cite> ({describeAge(published)}
          {replacedBy !== undefined && ', a newer one stands'}): {paragraphs.map(describeParagraph).join('; ')}
        </li>
      ))}
    </ul>
  );
}

/** Each document once: publisher, age, how far it has been checked, and notes. */
export function Documents({ citations }: { citations: Citation[] }) {
  return (
    <ul class="fd-citations" translate="no">
      {byDocument(citations).map(([{ title, publisher, published, reviewDue, replacedBy, note, checked }]) => (
        <li>
          <cite>{title}</cite>. {publisher}, {describeAge(published)}
          {reviewDue !== undefined && `, review due ${describeDay(reviewDue)}`}.
          {replacedBy !== undefined && ` A newer one stands: ${replacedBy}.`}
          {checked !== undefined && ` How far it is checked: ${checked.replace(/\.$/, '')}.`}
          {note !== undefined && ` ${note}`}
        </li>
      ))}
    </ul>
  );
}

function byDocument(citations: Citation[]): [Citation, Citation[]][] {
  const documents = new Map<string, [Citation, Citation[]]>();
  for (const citation of citations) {
    const known = documents.get(citation.title);
    if (known === undefined) documents.set(citation.title, [citation, [citation]]);
    else if (!known[1].some((other) => other.short === citation.short)) known[1].push(citation);
  }
  return [...documents.values()];
}

export function describeParagraph({ paragraph, paragraphTitle }: Citation): string {
  const number = /^\d/.test(paragraph) ? paragraph : '';
  if (paragraphTitle === '') return number === '' ? paragraph : `paragraph ${number}`;
  return number === '' ? paragraphTitle : `${number} ${paragraphTitle}`;
}

export function describeAge(published: string): string {
  if (published === 'undated') return published;
  return published === 'not known' ? 'date not known' : `published ${describeDay(published)}`;
}
