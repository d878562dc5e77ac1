import type { Child } from 'hono/jsx';
import type { AccessLogLine } from '../../server/audit/access.ts';
import { paths } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { Account } from '../../server/people/account.ts';
import { ROLES } from '../../server/people/permissions.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Done } from '../kit/done.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { TableHead } from '../kit/table-head.tsx';
import { type AccountLine, AccountLines } from './account-lines.tsx';
import { RefusedLines } from './refused-lines.tsx';

export interface PeoplePageProps {
  page: PageContext;
  areaName: string;
  people: Account[];
  may: { invite: boolean; seeClients: boolean };
  values?: Record<string, string>;
  errors?: Record<string, string>;
}

const ROLE: Field = {
  name: 'role',
  label: 'Role',
  kind: 'choice',
  choices: ROLES.map((role) => [role, capitalise(role)] as const),
};
const FIELDS: Field[] = [
  { name: 'name', label: 'Name', kind: 'line' },
  { name: 'email', label: 'Email address', kind: 'email' },
  ROLE,
];

function describeState({ disabledAt, joinedAt }: Pick<Account, 'disabledAt' | 'joinedAt'>): string {
  if (disabledAt !== null) return 'disabled';
  return joinedAt === null ? 'invited' : 'active';
}

export function PeoplePage({ page, areaName, people, may, values = {}, errors = {} }: PeoplePageProps) {
  const failed = Object.entries(errors).map(([name, message]) => ({ field: fieldId('invite', name), message }));
  return (
    <Layout page={page} title="People" error={failed.length > 0}>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <h1 class="fd-title">People of the duty desk, {areaName}</h1>
      {may.seeClients && (
        <p>
          <a class="govuk-link" href={paths.clients()}>
            Case systems that use the interface
          </a>
        </p>
      )}
      <AccountTable people={people} />
      {may.invite && <InviteForm token={page.token} values={values} errors={errors} />}
    </Layout>
  );
}

interface InviteFormProps extends Required<Pick<PeoplePageProps, 'values' | 'errors'>> {
  token: string;
}

function InviteForm({ token, values, errors }: InviteFormProps) {
  return (
    <Section id="invite" title="Invite somebody">
      <form method="post" action={paths.people()} novalidate>
        <input type="hidden" name="token" value={token} />
        {FIELDS.map((field) => (
          <FormField field={field} form="invite" value={values[field.name]} error={errors[field.name]} />
        ))}
        <button type="submit" class="govuk-button">
          Invite
        </button>
      </form>
    </Section>
  );
}

/** Two columns, so that the table fits on a telephone. */
function AccountTable({ people }: { people: Account[] }) {
  return (
    <section class="fd-table-scroll" tabindex={0} aria-label="Accounts. The table can be scrolled.">
      <table class="fd-table">
        <caption class="govuk-visually-hidden">Accounts</caption>
        <TableHead headings={['Name and email address', 'Role and state']} />
        <tbody>
          {people.map((account) => (
            <tr>
              <th scope="row">
                <a class="govuk-link" href={paths.person(account.id)}>
                  {account.name}
                </a>
                <span class="fd-table__below">{account.email}</span>
              </th>
              <td>
                {account.role}, {describeState(account)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export interface InvitedPageProps {
  page: PageContext;
  name: string;
  code: string;
  /** Full URL of the page where the code is entered. */
  join: string;
}

/** Shows the invitation code, only once. */
export function InvitedPage({ page, name, code, join }: InvitedPageProps) {
  return (
    <Layout page={page} title="Invited">
      <h1 class="fd-title">Give this code to {name}</h1>
      <div class="fd-code">
        <p>It is shown only once, and is good for three days. Give it to the person yourself, or by telephone.</p>
        <p>
          Code: <strong class="fd-code__code">{code}</strong> <CopyButton text={code} what="the code" />
        </p>
        <p>
          The person opens <strong>{join}</strong>, and types it there.
        </p>
      </div>
      <p>
        <a class="govuk-link" href={paths.people()}>
          Back to all people
        </a>
      </p>
    </Layout>
  );
}

/** What the reader may do with the account. */
interface PersonChanges {
  changeRole: boolean;
  invite: boolean;
  disable: boolean;
}

export interface PersonPageProps {
  page: PageContext;
  account: Account;
  entries: AccountLine[];
  /** Refused sign-ins, newest first. */
  refused: AccessLogLine[];
  /** The administrator's own account, which they cannot change. */
  own: boolean;
  may: PersonChanges;
  holds: Held;
  error?: string | undefined;
  /** What was just changed: an `AccountDeed`. */
  done?: string | undefined;
}

export type AccountDeed = 'role' | 'disabled' | 'enabled';

/** Says it only if it is true of the account now, because anybody can write the URL. */
function describeDone(done: string, { name, role, disabledAt }: Account): string | undefined {
  if (done === 'role') return `Saved. The role is now: ${role}. They sign in again`;
  if (done === 'disabled' && disabledAt !== null)
    return `Done. ${name} is signed out everywhere, and cannot sign in any more. What they have at the desk waits for a colleague`;
  return done === 'enabled' && disabledAt === null ? `Done. ${name} can sign in again` : undefined;
}

/** How many open consultations somebody has, and on how many of these they have unsent text. */
export interface Held {
  consultations: number;
  unsent: number;
}

export function PersonPage(props: PersonPageProps) {
  const { page, account, entries, refused, own, may, holds, error, done = '' } = props;
  const { id, name, email, role } = account;
  const words = describeDone(done, account);
  return (
    <Layout page={page} title="A person" error={error !== undefined}>
      {error !== undefined && <ErrorSummary errors={[{ field: 'account', message: error }]} />}
      <a class="govuk-link fd-back" href={paths.people()}>
        All people
      </a>
      <h1 class="fd-title" id="account" tabindex={-1}>
        {name}
      </h1>
      {words !== undefined && <Done words={words} />}
      <p>
        {email}: {role}, {describeState(account)}.
      </p>
      {own ? (
        <p>This is your own account. Another administrator can change it.</p>
      ) : (
        <>
          {may.changeRole && <RoleChange token={page.token} account={account} />}
          {(may.invite || may.disable) && <AccessChange token={page.token} account={account} holds={holds} may={may} />}
        </>
      )}
      <Section id={`happened-${id}`} title="What happened to this account">
        <AccountLines entries={entries} own={id} />
      </Section>
      <Section id={`refused-${id}`} title="Sign-ins that were refused">
        <RefusedLines refused={refused} />
      </Section>
    </Layout>
  );
}

interface ChangeProps {
  token: string;
  account: Account;
}

function RoleChange({ token, account: { id, role, subject } }: ChangeProps) {
  return (
    <Section id="role" title="Change the role">
      {subject !== null && (
        <p>This person signs in with the organisation: it gives the role anew at the next sign-in.</p>
      )}
      <form method="post" action={paths.role(id)} novalidate>
        <input type="hidden" name="token" value={token} />
        <FormField field={ROLE} form="role" value={role} />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Change the role
        </button>
      </form>
      <p>The person is signed out at once.</p>
    </Section>
  );
}

function AccessChange({ token, account, holds, may }: ChangeProps & Pick<PersonPageProps, 'holds' | 'may'>) {
  const { id, disabledAt, subject } = account;
  return (
    <Section id="access" title="Access">
      {holds.consultations > 0 && <p>{describeHeld(account.name, holds)}</p>}
      {may.invite && subject === null && disabledAt === null && (
        <Press
          token={token}
          action={paths.invitations(id)}
          words="Invite again"
          about="For somebody who has lost password or telephone. The old ones end when the person has joined again."
        />
      )}
      {may.disable && <DisableOrEnable token={token} account={account} />}
    </Section>
  );
}

function DisableOrEnable({ token, account: { id, name, disabledAt, joinedAt } }: ChangeProps) {
  if (disabledAt === null)
    return (
      <Press
        token={token}
        action={paths.disablings(id)}
        words="Disable"
        about="The person is signed out at once, and cannot sign in."
      >
        <FormField
          field={{
            name: 'sure',
            label: 'Are you sure?',
            kind: 'choice',
            choices: [['yes', `Yes, disable ${name}`]],
          }}
          form="disable"
        />
      </Press>
    );
  return (
    <Press
      token={token}
      action={paths.enablings(id)}
      words="Enable"
      about={
        joinedAt === null
          ? 'The person has not joined. The invitation can be used while it is good, three days; after that, invite again.'
          : 'The person can sign in again as before.'
      }
    />
  );
}

function describeHeld(name: string, { consultations, unsent }: Held): string {
  const has = `${name} has ${consultations === 1 ? 'one consultation that is' : `${consultations} consultations that are`} open`;
  const words = unsent === 0 ? '' : `, and has written words on ${unsent} of them that nobody else can read`;
  return `${has}${words}. Tell their manager before you disable the account: somebody has to take them over.`;
}

interface PressProps {
  token: string;
  action: string;
  words: string;
  about: string;
  children?: Child;
}

function Press({ token, action, words, about, children }: PressProps) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="token" value={token} />
      <p>{about}</p>
      {children}
      <button type="submit" class="govuk-button govuk-button--secondary">
        {words}
      </button>
    </form>
  );
}
