import { paths } from '../../server/base/paths.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { APP_CODE, AppKey } from './app-key.tsx';

export interface AuthenticatorPageProps {
  page: PageContext;
  /** The new key: in base 32, as a URI for the QR code, and encrypted, to be sent back with the form. */
  secret: string;
  uri: string;
  sealed: string;
  /** Whether the account has no authenticator app yet. */
  first: boolean;
  errors?: { code: string } | undefined;
}

const TITLES = { first: 'Set up an authenticator app', next: 'Replace your authenticator app' };
const titleOf = (first: boolean) => (first ? TITLES.first : TITLES.next);

export function AuthenticatorPage({ page, secret, uri, sealed, first, errors }: AuthenticatorPageProps) {
  const failed = Object.entries(errors ?? {}).map(([name, message]) => ({ field: fieldId('app', name), message }));
  return (
    <Layout page={page} title={titleOf(first)} error={failed.length > 0}>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <BackToAccount className="govuk-link fd-back" />
      <h1 class="fd-title">{titleOf(first)}</h1>
      <form method="post" action={paths.authenticator()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="secret" value={sealed} />
        <AppKey secret={secret} uri={uri} />
        <FormField field={APP_CODE} form="app" error={errors?.code} />
        <button type="submit" class="govuk-button">
          {first ? 'Set it up' : 'Replace the old app'}
        </button>
      </form>
      <p>
        {first ? '' : 'The old app works until then, and not any more afterwards. '}
        Everywhere else you are then signed out. Passkeys and recovery codes stay as they are.
      </p>
      <p>This picture is good for ten minutes after you signed in. Later, you sign in again and get a new one.</p>
    </Layout>
  );
}

export function AuthenticatorSetPage({ page, first }: { page: PageContext; first: boolean }) {
  return (
    <Layout page={page} title="Your authenticator app">
      <h1 class="fd-title">{first ? 'Your app counts from now on' : 'Only the new app counts now'}</h1>
      {!first && <p>The codes of the old one let nobody in any more. You can delete the older “Front Door” there.</p>}
      <p>Everywhere else you were signed out. Passkeys and recovery codes are as they were.</p>
      <p>
        <BackToAccount className="govuk-link" />
      </p>
    </Layout>
  );
}

function BackToAccount({ className }: { className: string }) {
  return (
    <a class={className} href={paths.account()}>
      Back to your account
    </a>
  );
}
