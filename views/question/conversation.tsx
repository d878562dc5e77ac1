import { describeInstant } from '../../server/base/days.ts';
import type { ConversationPaths } from '../../server/base/paths.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { Reader } from '../../server/flow/flow.ts';
import { Details } from '../kit/details.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { StopHere } from '../kit/return-code.tsx';
import { AskDutyWorker } from './ask-duty-worker-form.tsx';
import { OpenQuestion, type OpenQuestionProps, placeOf, QuestionErrors } from './question.tsx';
import { Turn } from './turn.tsx';

export interface ConversationPageProps extends Omit<OpenQuestionProps, 'token' | 'place'> {
  page: PageContext;
  reader: Reader;
  turns: PastTurn[];
  /** To read out on the telephone. Undefined for the public. */
  reference?: string;
  /** Roughly how many questions there are. */
  about?: number | undefined;
  /** URL of the page on which the interview was begun. */
  begun?: string | undefined;
  /** Id of the consultation, for asking the duty worker. Undefined for the public. */
  ask?: { id: string; askedAt: string | undefined };
}

/** The turns so far, like a chat, and the open question. */
export function ConversationPage({
  page,
  reader,
  turns,
  reference,
  ask,
  about,
  begun,
  ...open
}: ConversationPageProps) {
  return (
    <Layout
      page={page}
      title={questionTitle(turns.length)}
      error={open.error !== undefined}
      reader={reader}
      conversation
      first
      skip={{ to: 'question', words: 'Skip to the question' }}
    >
      {open.error !== undefined && <QuestionErrors turn={open.turn} error={open.error} />}
      {reference !== undefined && (
        <p class="fd-reference">
          Consultation <strong>{reference}</strong>
          {ask?.askedAt !== undefined && `. Sent to the duty desk on ${describeInstant(ask.askedAt)}. Not a referral`}
        </p>
      )}
      <Transcript turns={turns} at={open.at} />
      <OpenQuestion {...open} place={placeOf(turns, open.at, { about, begun })} token={page.token} summarised />
      {ask !== undefined && <AskDutyWorker {...ask} token={page.token} />}
      {ask !== undefined && <StopHere id={ask.id} token={page.token} />}
      {begun !== undefined && (
        <p class="fd-no-print">
          <a class="govuk-link fd-back" href={begun}>
            Start again
          </a>
        </p>
      )}
      <p role="status" id="live" class="govuk-visually-hidden" />
    </Layout>
  );
}

/**
 * The turns so far, folded: on a phone, the open question has to be on the first screen, however many came before it.
 */
export function Transcript({ turns, at, replace }: { turns: PastTurn[]; at: ConversationPaths; replace?: boolean }) {
  return (
    <section id="transcript" aria-label="Your answers so far" data-hx-swap-oob={replace ? 'true' : undefined}>
      {turns.length > 0 && (
        <Details
          summary={
            <span id="so-far">
              <HowMany answered={`${turns.length}`} />
            </span>
          }
        >
          <Turns turns={turns} at={at} />
        </Details>
      )}
    </section>
  );
}

/** One sentence with its number, so that it can be translated as a whole. */
export function HowMany({ answered }: { answered: string }) {
  return <>{`Your answers so far: ${answered}`}</>;
}

export function Turns({ turns, at }: { turns: PastTurn[]; at: ConversationPaths }) {
  return (
    <ol id="turns" class="fd-turns">
      {turns.map((turn) => (
        <Turn turn={turn} at={at} />
      ))}
    </ol>
  );
}

/** A neutral page title, because a question's wording could give too much away in the browser's tabs. */
export function questionTitle(answered: number): string {
  return `Question ${answered + 1}`;
}
