/** How exports cite sources. */
import type { Citation } from '../consultation/citation.ts';

/** For example `[BT 5.7, BC 6]`; empty without citations. The list of sources gives them in full. */
export function describeShort(citations: readonly Citation[]): string {
  return citations.length === 0 ? '' : `[${citations.map((citation) => citation.short).join(', ')}]`;
}

export function describeCitation({ short, title, publisher, paragraphTitle, published, ...more }: Citation): string {
  const age = [published === 'undated' ? published : `published ${published}`];
  if (more.reviewDue !== undefined) age.push(`review due ${more.reviewDue}`);
  if (more.checked !== undefined) age.push(`last checked ${more.checked}`);
  if (more.replacedBy !== undefined) age.push(`replaced by ${more.replacedBy}`);
  const paragraph = paragraphTitle === '' ? '' : ` (${paragraphTitle})`;
  return `${short}${paragraph}: ${title}, ${publisher}; ${age.join('; ')}`;
}
