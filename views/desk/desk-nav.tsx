import { paths } from '../../server/base/paths.ts';
import { findReach } from '../../server/people/permissions.ts';
import { isRole } from '../../server/people/person.ts';
import type { PageContext } from '../kit/page-context.ts';

export type DeskPlace = 'queue' | 'call' | 'handover' | 'search' | 'guidance';

const LINKS: [DeskPlace, string, string][] = [
  ['queue', paths.desk(), 'Queue'],
  ['call', paths.deskCalls(), 'Open one for a caller'],
  ['handover', paths.deskHandover(), 'Hand over'],
  ['search', paths.deskSearch(), 'Search'],
  ['guidance', paths.flows(), 'Guidance'],
];

/** Links only to pages that the person's role may open. */
export function DeskNav({ page, at }: { page: Pick<PageContext, 'person'>; at?: DeskPlace }) {
  const role = page.person?.role;
  const links = LINKS.filter(
    ([place]) => place !== 'call' || (isRole(role) && findReach(role, 'consultation.open') !== undefined),
  );
  return (
    <nav class="fd-desk-nav fd-no-print" aria-label="Duty desk">
      <ul>
        {links.map(([place, href, words]) => (
          <li>
            <a class="govuk-link" href={href} aria-current={at === place ? 'page' : undefined}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
