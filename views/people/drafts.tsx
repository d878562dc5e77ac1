import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Done } from '../kit/done.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { type WrittenLine, WrittenLines } from '../kit/written-fields.tsx';

export interface DraftsPageProps {
  page: PageContext;
  drafts: ShownDraft[];
  /** What was just done: a key of `DONE_WORDS`. */
  done?: string | undefined;
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  'draft-gone': 'Thrown away. Everything else is still kept.',
  'draft-stays': 'Nothing was thrown away: it was changed, sent or thrown away meanwhile. This is what is kept now.',
};

export interface ShownDraft {
  /** Identifies this version of the draft. */
  id: string;
  /** Path of the page with its form; undefined if the person no longer has access to it. */
  page?: string;
  /** Why it has no page, or why that page cannot accept it. */
  gone?: string;
  at: string;
  /** For a form of a record: its reference, the child if one is named, and the form's title. */
  about?: string;
  /** What was typed, in the words of the form. */
  lines: WrittenLine[];
}

export interface DraftRemovalPageProps {
  page: PageContext;
  draft: ShownDraft;
  /** Whether the button was pressed in the list rather than at the form. */
  isFromList: boolean;
}

/** Everything that was typed and not sent, word for word. */
export function DraftsPage({ page, drafts, done = '' }: DraftsPageProps) {
  return (
    <Layout page={page} title="What you wrote">
      <h1 class="fd-title">What you wrote and did not send</h1>
      {Object.hasOwn(DONE_WORDS, done) && <Done words={DONE_WORDS[done] as string} />}
      {drafts.length === 0 && <p>Nothing is kept.</p>}
      {drafts.map(({ id, page: formPage, at, about, gone, lines }, index) => (
        <Section id={`kept-${index + 1}`} title={about ?? `Kept ${describeInstant(at)}`}>
          {about !== undefined && <p class="fd-hint">Kept {describeInstant(at)}</p>}
          {gone !== undefined && <p>{gone} Copy from here what is still needed, and tell them.</p>}
          {formPage !== undefined && (
            <p>
              <a class="govuk-link" href={formPage}>
                {gone === undefined ? 'Go to the form' : 'Go to the record'}
                <span class="govuk-visually-hidden"> ({index + 1})</span>
              </a>
            </p>
          )}
          <WrittenLines lines={lines} />
          <p>
            <CopyButton text={lines.map(({ words }) => words).join('\n')} what={`what you wrote (${index + 1})`} />
          </p>
          <form method="post" action={paths.draftRemovals()}>
            <input type="hidden" name="token" value={page.token} />
            <input type="hidden" name="draft-id" value={id} />
            <input type="hidden" name="then" value={paths.drafts()} />
            <button type="submit" class="govuk-button govuk-button--secondary">
              Throw it away<span class="govuk-visually-hidden"> ({index + 1})</span>
            </button>
          </form>
        </Section>
      ))}
      <p>
        Only you see it, in whichever browser you sign in. It is thrown away by itself after four days, and when you
        have sent it.
      </p>
    </Layout>
  );
}

/** Asks before deleting anything that somebody wrote, because it cannot be brought back. */
export function DraftRemovalPage({ page, draft, isFromList }: DraftRemovalPageProps) {
  const { id, at, about, lines } = draft;
  const back = isFromList ? paths.drafts() : (draft.page ?? paths.drafts());
  return (
    <Layout page={page} title="Throw this away?">
      <h1 class="fd-title">Throw this away?</h1>
      <p>
        You wrote this{about !== undefined && `: ${about}`}. It is not sent, and was kept {describeInstant(at)}. Once it
        is thrown away, nobody can bring it back.
      </p>
      <WrittenLines lines={lines} />
      <p>
        <a class="govuk-button" href={back}>
          Keep it
        </a>
      </p>
      <form method="post" action={paths.draftRemovals()}>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="draft-id" value={id} />
        <input type="hidden" name="sure" value="yes" />
        <input type="hidden" name="then" value={back} />
        <button type="submit" class="govuk-button govuk-button--warning">
          Yes, throw it away
        </button>
      </form>
    </Layout>
  );
}
