import { paths } from '../../server/base/paths.ts';
import { type Action, findScope, isRole } from '../../server/people/permissions.ts';
import type { PageContext } from '../kit/page-context.ts';

export type DeskPlace = 'queue' | 'pathways' | 'call' | 'handover' | 'search' | 'guidance';

const LINKS: [DeskPlace, string, string, Action | undefined][] = [
  ['queue', paths.desk(), 'Queue', 'queue.see'],
  ['pathways', paths.pathways(), 'Pathways', 'pathway.see'],
  ['call', paths.deskCalls(), 'Open one for a caller', 'consultation.open'],
  ['handover', paths.deskHandover(), 'Hand over', 'queue.see'],
  ['search', paths.deskSearch(), 'Search', 'search.use'],
  ['guidance', paths.flows(), 'Guidance', undefined],
];

/** Links only to pages that the person's role may open. */
export function DeskNav({ page, at }: { page: Pick<PageContext, 'person'>; at?: DeskPlace }) {
  const role = page.person?.role;
  const links = LINKS.filter(
    ([, , , action]) => action === undefined || (isRole(role) && findScope(role, action) !== undefined),
  );
  return (
    <nav class="fd-desk-nav fd-no-print" aria-label="Duty desk">
      <ul>
        {links.map(([place, href, words]) => (
          <li>
            <a
              class={place === 'call' ? 'govuk-link fd-desk-nav__call' : 'govuk-link'}
              href={href}
              aria-current={at === place ? 'page' : undefined}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
