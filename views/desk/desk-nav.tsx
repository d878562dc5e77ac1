import { paths } from '../../server/base/paths.ts';

export type DeskPlace = 'queue' | 'call' | 'search' | 'guidance';

const LINKS: [DeskPlace, string, string][] = [
  ['queue', paths.desk(), 'Queue'],
  ['call', paths.deskCalls(), 'Open one for a caller'],
  ['search', paths.deskSearch(), 'Search'],
  ['guidance', paths.flows(), 'Guidance'],
];

export function DeskNav({ at }: { at?: DeskPlace }) {
  return (
    <nav class="fd-desk-nav fd-no-print" aria-label="Duty desk">
      <ul>
        {LINKS.map(([place, href, words]) => (
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
