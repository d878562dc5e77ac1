import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { Account } from '../../server/people/account.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { type AccountLine, AccountLines } from './account-lines.tsx';
import { PasskeyButton } from './passkey-button.tsx';

export interface AccountPageProps {
  page: PageContext;
  account: Account;
  areaName: string;
  passkeys: { id: string; name: string; addedAt: string }[];
  codesLeft: number;
  /** The browsers in which the person is signed in, including this one. */
  sessions: { id: string; beganAt: string; seenAt: string; isHere: boolean }[];
  entries: AccountLine[];
  errors?: Record<string, string>;
  /** The name they gave the passkey that was refused. */
  passkeyName?: string | undefined;
}

const NAME: Field = { name: 'name', label: 'What you call it', hint: 'Such as: work laptop', kind: 'line' };
const OLD: Field = {
  name: 'old_password',
  label: 'Your current password',
  kind: 'password',
  autocomplete: 'current-password',
};
const NEW: Field = {
  name: 'password',
  label: 'The new password',
  hint: '15 characters or more; any characters',
  kind: 'password',
  autocomplete: 'new-password',
};

export function AccountPage({ page, account, areaName, entries, errors = {}, ...ways }: AccountPageProps) {
  const { passkeyName, passkeys, codesLeft, sessions } = ways;
  const failed = Object.entries(errors).map(([name, message]) => ({ field: fieldId('account', name), message }));
  return (
    <Layout page={page} title="Your account" error={failed.length > 0} passkeys>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <h1 class="fd-title">Your account</h1>
      <p>
        {account.name}, {account.email}: {account.role} for {areaName}.
      </p>
      {account.subject !== null ? (
        <p>You sign in with your organisation. Password and second factor are kept there.</p>
      ) : (
        <>
          <App has={account.totpSecret !== null} />
          <Passkeys {...{ page, passkeys, passkeyName }} error={errors.name} />
          <RecoveryCodes page={page} codesLeft={codesLeft} />
          <Section id="password" title="Change the password">
            <form method="post" action={paths.password()} novalidate>
              <input type="hidden" name="token" value={page.token} />
              <FormField field={OLD} form="account" error={errors.old_password} />
              <FormField field={NEW} form="account" error={errors.password} />
              <button type="submit" class="govuk-button govuk-button--secondary">
                Change it
              </button>
            </form>
            <p>Everywhere else you are then signed out.</p>
          </Section>
        </>
      )}
      <Sessions page={page} sessions={sessions} />
      <Section id="happened" title="What happened to this account">
        <AccountLines entries={entries} own={account.id} />
      </Section>
    </Layout>
  );
}

function App({ has }: { has: boolean }) {
  return (
    <Section id="app" title="Authenticator app">
      <p>
        {has
          ? 'You have an app that shows codes. A new telephone needs a new key for it: the old one then ends.'
          : 'You have no app that shows codes.'}
      </p>
      <p>
        <a class="govuk-link" href={paths.authenticator()}>
          {has ? 'Replace the app' : 'Set up an app'}
        </a>
      </p>
    </Section>
  );
}

function Passkeys({
  page,
  passkeys,
  passkeyName,
  error,
}: Pick<AccountPageProps, 'page' | 'passkeys' | 'passkeyName'> & { error?: string | undefined }) {
  return (
    <Section id="passkeys" title="Passkeys">
      <p>
        A passkey takes the place of the code from your app. It can be your computer, your telephone or a key that you
        plug in.
      </p>
      <ul class="fd-list">
        {passkeys.map(({ id, name }) => (
          <li>
            <form method="post" action={paths.passkeyRemovals()}>
              <input type="hidden" name="token" value={page.token} />
              <input type="hidden" name="passkey" value={id} />
              {name}{' '}
              <button type="submit" class="govuk-button govuk-button--secondary">
                Remove<span class="govuk-visually-hidden"> {name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      {passkeys.length === 0 && <p>You have none yet.</p>}
      <form method="post" action={paths.passkeys()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="passkey" value="" />
        <FormField field={NAME} form="account" value={passkeyName} error={error} />
        <PasskeyButton does="make" options={paths.passkeyOptions()} words="Add a passkey" />
        <noscript>
          <p>To add a passkey, your browser must run scripts. Everything else works without.</p>
        </noscript>
      </form>
    </Section>
  );
}

function Sessions({ page, sessions }: Pick<AccountPageProps, 'page' | 'sessions'>) {
  return (
    <Section id="sessions" title="Where you are signed in">
      <ul class="fd-list">
        {sessions.map(({ id, beganAt, seenAt, isHere }) => {
          const when = `Since ${describeInstant(beganAt)}, last used ${describeInstant(seenAt)}`;
          if (isHere) return <li>{when}: this browser</li>;
          return (
            <li>
              <form method="post" action={paths.sessionEndings()}>
                <input type="hidden" name="token" value={page.token} />
                <input type="hidden" name="session" value={id} />
                {when}{' '}
                <button type="submit" class="govuk-button govuk-button--secondary">
                  End it<span class="govuk-visually-hidden">: {when}</span>
                </button>
              </form>
            </li>
          );
        })}
      </ul>
      <p>
        A session ends by itself 30 minutes after it was last used, and 12 hours after it began. If you do not know one
        of these, end it and change your password.
      </p>
    </Section>
  );
}

function RecoveryCodes({ page, codesLeft }: Pick<AccountPageProps, 'page' | 'codesLeft'>) {
  return (
    <Section id="recovery" title="Recovery codes">
      <p>You have {codesLeft} left. Each lets you in once, in place of the code from your app.</p>
      <form method="post" action={paths.recoveryCodes()}>
        <input type="hidden" name="token" value={page.token} />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Get new recovery codes
        </button>
      </form>
      <p>The old ones then end.</p>
    </Section>
  );
}

export function CodesPage({ page, codes }: { page: PageContext; codes: string[] }) {
  return (
    <Layout page={page} title="Your recovery codes">
      <h1 class="fd-title">Your recovery codes</h1>
      <CodeList codes={codes} />
      <p>
        <a class="govuk-link" href={paths.account()}>
          Back to your account
        </a>
      </p>
    </Layout>
  );
}

export function CodeList({ codes }: { codes: string[] }) {
  return (
    <>
      <p>
        These codes are shown <strong>only now</strong>. Each lets you in once when you do not have your telephone.
        Print them or write them down, and keep them where you keep your keys.
      </p>
      <ol class="fd-list">
        {codes.map((code) => (
          <li>
            <code class="fd-code__code">{code}</code>
          </li>
        ))}
      </ol>
      <p>
        <CopyButton text={codes.join('\n')} what="the recovery codes" />
      </p>
    </>
  );
}
