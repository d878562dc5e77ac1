import { paths } from '../../server/base/paths.ts';

/** Over a form that was filled again after a session had ended. `lost`: the form is not on this page any more. */
export function UnsentFormBanner({ lost }: { lost: boolean }) {
  return (
    <div class="govuk-inset-text" role="status">
      <p>
        <strong>You were signed out while you were writing.</strong> What you wrote has not been sent.{' '}
        {lost ? 'This page has changed since.' : 'It is back in the form below: check it and send it again.'}
      </p>
      <p>
        <a class="govuk-link" href={paths.keptForms()}>
          See all that you wrote, or throw it away
        </a>
      </p>
    </div>
  );
}
