import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { Reader } from '../../server/flow/flow.ts';
import { pageTitle } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { ALWAYS, renderOnceWithSlots } from '../kit/render-once.ts';
import { HowMany, questionTitle, Transcript } from './conversation.tsx';
import { OpenQuestion, type OpenQuestionProps, placeOf } from './question.tsx';
import { Turn } from './turn.tsx';

export interface AnswerFragmentProps extends Omit<OpenQuestionProps, 'place'> {
  page: PageContext;
  reader?: Reader;
  about?: number | undefined;
  begun?: string | undefined;
  /** All turns, including the one just answered. */
  turns: PastTurn[];
  /**
   * True if the answer was added at the end of the transcript. False if an earlier one changed, so that the whole
   * transcript is sent.
   */
  appended: boolean;
}

/** The htmx response to an answer: the next question, the new turn for the transcript, the title and the live region. */
export function AnswerFragment({ page, reader, turns, appended, about, begun, ...open }: AnswerFragmentProps) {
  const error = open.error !== undefined;
  return (
    <>
      {pageTitle({ page, title: questionTitle(turns.length), error, reader })}
      <OpenQuestion {...open} place={placeOf(turns, open.at, { about, begun })} />
      {!error && (
        <Answered
          turns={turns}
          appended={appended}
          at={open.at}
          kept={reader === undefined || reader === 'professional'}
        />
      )}
    </>
  );
}

type AnsweredProps = Pick<AnswerFragmentProps, 'turns' | 'appended' | 'at'> & { kept: boolean };

function Answered({ turns, appended, at, kept }: AnsweredProps) {
  const last = turns.at(-1);
  const announcement = { number: `${turns.length + 1}`, answered: `${turns.length}` };
  // Before the first answer there is no list to which it could be added.
  if (!appended || turns.length === 1 || last === undefined)
    return (
      <>
        <Transcript turns={turns} at={at} replace />
        {kept ? <SavedAndAdded {...announcement} /> : <Added {...announcement} />}
      </>
    );
  return (
    <>
      <ol data-hx-swap-oob="beforeend:#turns">
        <Turn turn={last} at={at} />
      </ol>
      <MoreTurns {...announcement} />
      {kept ? <SavedAndAdded {...announcement} /> : <Added {...announcement} />}
    </>
  );
}

type Numbers = Record<'number' | 'answered', string>;

const MoreTurns = renderOnceWithSlots(
  ['answered'],
  () => ALWAYS,
  ({ answered }: Numbers) => (
    <span id="so-far" data-hx-swap-oob="innerHTML">
      <HowMany answered={answered} />
    </span>
  ),
);

const SavedAndAdded = renderOnceWithSlots(
  ['number'],
  () => ALWAYS,
  ({ number }: Numbers) => <AddedOf number={number} saved />,
);
const Added = renderOnceWithSlots(
  ['number'],
  () => ALWAYS,
  ({ number }: Numbers) => <AddedOf number={number} />,
);

/** The text for the live region. */
function AddedOf({ number, saved }: { number: string; saved?: boolean }) {
  return (
    <p id="live" data-hx-swap-oob="innerHTML">
      {saved && 'Your answer is saved. '}Question added: number {number}.
    </p>
  );
}
