import { paths } from '../../server/base/paths.ts';
import { ROLES, type Role } from '../../server/people/permissions.ts';
import { HOMES } from './home.ts';
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

/** A link to each role's own start page, instead of the desk. */
const BY_ROLE = new Map<Role | undefined, readonly Link[]>(
  ROLES.map((role) => {
    const { href, words } = HOMES[role];
    return [role, LINKS.map((link) => (link[0] === paths.desk() ? ([href, words] as const) : link))];
  }),
);

export function Footer({ leaving, role }: { leaving: boolean; role: Role | undefined }) {
  return <LinksAndNote links={leaving ? FOR_ALL : (BY_ROLE.get(role) ?? LINKS)} />;
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
