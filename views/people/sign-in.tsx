import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PasskeyButton } from './passkey-button.tsx';

/** `kept`: text that they typed and did not send is kept. */
export type SignedOut = 'yes' | 'kept' | 'elsewhere';

export interface SignInPageProps {
  page: PageContext;
  /** Set if they have just signed out. */
  out?: SignedOut | undefined;
  /** Path to go to after signing in. */
  to?: string | undefined;
  email?: string;
  error?: string | undefined;
  /** Whether the form was sent without a code. */
  noCode?: boolean;
  /** Text of the button for single sign-on, if configured. */
  organisation?: string | undefined;
}

const FIELDS: Field[] = [
  { name: 'email', label: 'Email address', kind: 'email', autocomplete: 'username' },
  { name: 'password', label: 'Password', kind: 'password', autocomplete: 'current-password' },
  {
    name: 'code',
    label: 'Code',
    hint: 'Six digits from your app, or one of your recovery codes. Leave it empty if you use a passkey',
    kind: 'code',
    autocomplete: 'one-time-code',
  },
];

/** One form for all factors. Errors never say which one was wrong, except that a code is missing. */
export function SignInPage({ page, out, to, email = '', error, noCode, organisation }: SignInPageProps) {
  const errors: Record<string, string> = noCode
    ? { code: 'Enter the code' }
    : error === undefined
      ? {}
      : { email: error };
  const failed = Object.entries(errors).map(([name, message]) => ({ field: fieldId('signin', name), message }));
  return (
    <Layout page={page} title="Sign in to the duty desk" error={failed.length > 0} passkeys>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <h1 class="fd-title">Sign in to the duty desk</h1>
      {out !== undefined && page.person === undefined && (
        <p class="fd-notice" role="status" data-signed-out={out === 'elsewhere' ? undefined : ''}>
          You are signed out.
          {out === 'elsewhere' && ' You did that in another tab.'}
          {out === 'kept' &&
            ' What you wrote and did not send is kept for you, for up to four days: sign in to see it.'}
        </p>
      )}
      {page.person !== undefined && <p>To go on, sign in once more. It was a while ago.</p>}
      <p>For people who work at a duty desk. To ask about a child you need no account.</p>
      {organisation !== undefined && <OrganisationButton words={organisation} to={to} />}
      <form method="post" action={paths.signIn()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        {to !== undefined && <input type="hidden" name="to" value={to} />}
        <input type="hidden" name="passkey" value="" />
        {FIELDS.map((field) => (
          <FormField
            field={field}
            form="signin"
            value={field.name === 'email' ? email : ''}
            error={errors[field.name]}
          />
        ))}
        <button type="submit" class="govuk-button">
          Sign in
        </button>{' '}
        <PasskeyButton does="sign" options={paths.passkeyChallenges()} words="Use a passkey in place of a code" />
      </form>
      <p>
        <a class="govuk-link" href={paths.join()}>
          I have an invitation
        </a>
      </p>
      <p>
        Have you lost your password, your telephone and your recovery codes? Ask the administrator of your area to
        invite you again.
      </p>
    </Layout>
  );
}

function OrganisationButton({ words, to }: { words: string; to: string | undefined }) {
  const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`;
  return (
    <p>
      <a class="govuk-button" href={`${paths.organisation()}${query}`}>
        {words}
      </a>
    </p>
  );
}
