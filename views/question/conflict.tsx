import { type ConversationPaths, paths } from '../../server/base/paths.ts';
import type { Question } from '../../server/flow/flow.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { draftOf } from './question.tsx';
import { Lines } from './turn.tsx';

export interface ConflictPageProps {
  page: PageContext;
  reader: 'professional' | 'public' | 'child';
  at: ConversationPaths;
  question: Question;
  /** The current answer in words, and the number of its entry. */
  saved: { words: string[]; entry: number };
  /** The answer just sent, in words and as the form sent it. */
  sent: { words: string[]; raw: string[] };
}

/** Shown if the question was answered differently elsewhere; the person chooses which answer to keep. */
export function ConflictPage({ page, reader, at, question, saved, sent }: ConflictPageProps) {
  return (
    <Layout page={page} title="Which answer counts?" reader={reader}>
      <h1 class="fd-title" tabindex={-1}>
        You answered this before, differently. Which one counts?
      </h1>
      <p class="fd-lead">Perhaps in another tab, or before you went back. Both are shown here. Nothing was changed.</p>
      <p class="fd-asked">{question.text}</p>
      <div class="fd-choice">
        <KeepSaved page={page} at={at} question={question} saved={saved} />
        <form class="fd-choice__side" method="post" action={at.answers}>
          <h2 class="govuk-heading-s">Sent just now</h2>
          <Lines lines={sent.words} />
          <input type="hidden" name="question" value={question.id} />
          <input type="hidden" name="seen" value={String(saved.entry)} />
          <input type="hidden" name="token" value={page.token} />
          {at.keepsDrafts && <input type="hidden" name="draft" value={draftOf(at.answers, question.id)} />}
          {sent.raw.map((value) => (
            <input type="hidden" name={question.id} value={value} />
          ))}
          <button type="submit" class="govuk-button govuk-button--secondary">
            Change it to this one
          </button>
        </form>
      </div>
    </Layout>
  );
}

/** For a signed-in person, the answer that was just sent is kept as a draft; this choice deletes it. */
function KeepSaved({ page, at, question, saved }: Pick<ConflictPageProps, 'page' | 'at' | 'question' | 'saved'>) {
  const removes = at.keepsDrafts && page.person !== undefined;
  return (
    <form
      class="fd-choice__side"
      method={removes ? 'post' : 'get'}
      action={removes ? paths.draftRemovals() : at.open}
      novalidate
    >
      <h2 class="govuk-heading-s">Saved before</h2>
      <Lines lines={saved.words} />
      {removes && (
        <>
          <input type="hidden" name="token" value={page.token} />
          <input type="hidden" name="draft-removed" value={draftOf(at.answers, question.id)} />
          <input type="hidden" name="sure" value="yes" />
          <input type="hidden" name="then" value={at.open} />
        </>
      )}
      <button type="submit" class="govuk-button govuk-button--secondary">
        Keep this one
      </button>
    </form>
  );
}
