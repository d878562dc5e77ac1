import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { CopyButton } from './copy-button.tsx';
import { type WrittenLine, WrittenLines } from './written-fields.tsx';

interface DraftBannerProps {
  /** Titles of the forms that were filled in again. */
  titles: readonly string[];
  /** Whether a form on this page was filled in again. */
  isFilled: boolean;
  /** Whether a form that had been filled in is no longer on this page. */
  isChanged: boolean;
  /** Whether the draft has no form here any more, for example because somebody else has the consultation now. */
  isGone: boolean;
  /** URLs at which the page shows the form, such as the one that corrects a certain entry. */
  elsewhere: readonly string[];
}

/** Shown above a page on which text was typed and not sent. */
export function DraftBanner({ titles, isFilled, isChanged, isGone, elsewhere }: DraftBannerProps) {
  return (
    <div class="govuk-inset-text" role="status">
      <p>
        <strong>What you wrote {describePlace(titles)} has not been sent.</strong>{' '}
        {isFilled && 'It is back in its form below: check it and send it. '}
        {isChanged && 'This page has changed since. '}
        {isGone && 'It is kept for you, and you can read it and copy it. '}
      </p>
      {elsewhere.map((page) => (
        <p>
          <a class="govuk-link" href={page}>
            Open the form that you had begun
          </a>
        </p>
      ))}
      <p>
        <a class="govuk-link" href={paths.drafts()}>
          See all that you wrote and did not send, or throw it away
        </a>
      </p>
    </div>
  );
}

function describePlace(titles: readonly string[]): string {
  if (titles.length === 0) return 'here';
  return `under ${titles
    .map((title) => `“${title}”`)
    .join(', ')
    .replace(/, (“[^“]*)$/, ' and $1')}`;
}

/** Shown at the end of a restored form. Its button comes last, since Enter presses the first button. */
export function DraftNote({ form, at, isFromElsewhere }: { form: string; at: string; isFromElsewhere: boolean }) {
  return (
    <p class="fd-hint fd-no-print" data-kept>
      Not sent yet. Kept {describeInstant(at)}
      {isFromElsewhere && ', in another browser or tab'}.{' '}
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

interface DraftBelowProps {
  id: string;
  at: string;
  /** In the words of the form. */
  lines: readonly WrittenLine[];
  token: string;
}

/**
 * Shown below a form that is filled in from another draft: the text that was typed into the same form in another tab or
 * browser.
 */
export function DraftBelow({ id, at, lines, token }: DraftBelowProps) {
  return (
    <div class="govuk-inset-text fd-no-print" data-kept-below>
      <p>
        <strong>You wrote this in the same form too, in another browser or tab.</strong> Not sent yet. Kept{' '}
        {describeInstant(at)}. It comes into the form when what stands there is sent or thrown away.
      </p>
      <WrittenLines lines={lines} />
      <p>
        <CopyButton
          text={lines.map(({ words }) => words).join('\n')}
          what={`what you wrote elsewhere, ${describeInstant(at)}`}
        />
      </p>
      <form method="post" action={paths.draftRemovals()}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="draft-id" value={id} />
        <button type="submit" class="fd-link">
          Throw this one away<span class="govuk-visually-hidden"> ({describeInstant(at)})</span>
        </button>
      </form>
    </div>
  );
}
