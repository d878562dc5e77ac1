import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';

/** Shown above a page with restored forms. `lost`: one of the forms is no longer on this page. */
export function DraftBanner({ lost }: { lost: boolean }) {
  return (
    <div class="govuk-inset-text" role="status">
      <p>
        <strong>What you wrote here has not been sent.</strong>{' '}
        {lost ? 'This page has changed since.' : 'It is back in its form below: check it and send it.'}
      </p>
      <p>
        <a class="govuk-link" href={paths.drafts()}>
          See all that you wrote and did not send, or throw it away
        </a>
      </p>
    </div>
  );
}

/** Shown at the end of a restored form. Its button comes last, since Enter presses the first button. */
export function DraftNote({ form, at, isFromElsewhere }: { form: string; at: string; isFromElsewhere: boolean }) {
  return (
    <p class="fd-hint fd-no-print" data-kept>
      Not sent yet. Kept {describeInstant(at)}
      {isFromElsewhere && ', in another browser'}.{' '}
      <button
        type="submit"
        class="fd-link"
        name="draft-removed"
        value={form}
        formaction={paths.draftRemovals()}
        formnovalidate
      >
        Throw it away
      </button>
    </p>
  );
}
