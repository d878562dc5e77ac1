import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { CodeList } from './account.tsx';
import { APP_CODE, AppKey } from './app-key.tsx';
import { PasskeyButton } from './passkey-button.tsx';

export interface AcceptInvitationPageProps {
  page: PageContext;
  /** The authenticator app's key: in base 32, as a URI for the QR code, and encrypted, to be sent back with the form. */
  secret: string;
  uri: string;
  sealed: string;
  invitation?: string;
  errors?: Record<string, string>;
}

const FIELDS = {
  invitation: {
    name: 'invitation',
    label: 'Code of your invitation',
    hint: 'Such as kx3m-9tdw-hf6y-r4pc',
    kind: 'code',
  },
  password: {
    name: 'password',
    label: 'A password for Front Door',
    hint: '15 characters or more. Any characters, blanks too: four words that do not belong together are good. Use it nowhere else',
    kind: 'password',
    autocomplete: 'new-password',
  },
} satisfies Record<string, Field>;

export function AcceptInvitationPage({
  page,
  secret,
  uri,
  sealed,
  invitation = '',
  errors = {},
}: AcceptInvitationPageProps) {
  const failed = Object.entries(errors).map(([name, message]) => ({ field: fieldId('join', name), message }));
  return (
    <Layout page={page} title="Join a duty desk" error={failed.length > 0} passkeys>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <h1 class="fd-title">Join a duty desk</h1>
      <form method="post" action={paths.join()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="secret" value={sealed} />
        <input type="hidden" name="passkey" value="" />
        <FormField field={FIELDS.invitation} form="join" value={invitation} error={errors.invitation} />
        <FormField field={FIELDS.password} form="join" error={errors.password} />
        <h2 class="govuk-heading-m">Your second factor</h2>
        <AppKey secret={secret} uri={uri} />
        <FormField field={APP_CODE} form="join" error={errors.code} />
        <button type="submit" class="govuk-button">
          Join
        </button>{' '}
        <PasskeyButton
          does="make"
          options={paths.joinPasskeyOptions()}
          words="Join with a passkey in place of an app"
        />
      </form>
    </Layout>
  );
}

/** Shows the recovery codes, only once. */
export function JoinedPage({ page, codes, goOn }: { page: PageContext; codes: string[]; goOn: string }) {
  return (
    <Layout page={page} title="You have joined">
      <h1 class="fd-title">You have joined</h1>
      <CodeList codes={codes} />
      <p>
        <a class="govuk-button" href={goOn}>
          I have kept them: go on
        </a>
      </p>
    </Layout>
  );
}
