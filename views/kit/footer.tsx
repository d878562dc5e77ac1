import { paths } from '../../server/base/paths.ts';
import { type Link, LinkList } from './link-list.tsx';
import { renderOnce } from './render-once.ts';

const LINKS = [
  [paths.contacts(), 'Contacts'],
  [paths.return(), 'Go back to a consultation'],
  [paths.privacy(), 'How your data is kept'],
  [paths.accessibility(), 'Accessibility'],
  [paths.about(), 'About Front Door'],
  [paths.desk(), 'Duty desk'],
] as const;

/** Links for professionals only: the public and children have no consultation to come back to, and no desk. */
const NOT_FOR_ALL: readonly string[] = [paths.return(), paths.desk()];
const FOR_ALL = LINKS.filter(([href]) => !NOT_FOR_ALL.includes(href));

/** Administrators may not see consultations, so they get a link to People instead of the desk. */
const FOR_ADMINISTRATORS = LINKS.map((link) =>
  link[0] === paths.desk() ? ([paths.people(), 'People'] as const) : link,
);

export function Footer({ leaving, administrator }: { leaving: boolean; administrator: boolean }) {
  return <LinksAndNote links={leaving ? FOR_ALL : administrator ? FOR_ADMINISTRATORS : LINKS} />;
}

const LinksAndNote = renderOnce(
  ({ links }) => links,
  ({ links }: { links: readonly Link[] }) => (
    <footer class="fd-footer">
      <div class="govuk-width-container">
        <LinkList links={links} className="fd-footer__links" />
        <p class="fd-footer__note">
          Front Door gives advice from published guidance. It is not a referral, and it tells nobody. In an emergency
          call 999.
        </p>
      </div>
    </footer>
  ),
);
