import type { ConversationPaths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import type { AlreadyAnswered, PastTurn, ShownRemark } from '../../server/consultation/transcript.ts';
import { Sources } from '../kit/citation.tsx';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { renderOnceWithSlots } from '../kit/render-once.ts';

interface TurnProps {
  turn: PastTurn;
  at: ConversationPaths;
}

/** An answered question: the question on one side, the answer on the other. */
export function Turn({ turn, at }: TurnProps) {
  return <TurnOnce turn={turn} base={at.question('')} />;
}

/** Rendered once for everybody who chose the same, because `pastTurns` gives them the same object. */
const TurnOnce = renderOnceWithSlots(
  ['base'],
  ({ turn }: { turn: PastTurn; base: string }) => turn,
  ({ turn, base }) => <TurnOf turn={turn} at={{ question: (question) => base + encodeURIComponent(question) }} />,
);

function TurnOf({ turn, at }: { turn: PastTurn; at: Pick<ConversationPaths, 'question'> }) {
  return (
    <li class="fd-turn">
      <Notes remarks={turn.remarks} alreadyAnswered={turn.alreadyAnswered} at={at} />
      <p class="fd-asked">{turn.question.text}</p>
      <div class={turn.unknown ? 'fd-answered fd-answered--unknown' : 'fd-answered'}>
        <Lines lines={turn.answer} />
        {turn.assumed !== undefined && <p>{turn.assumed}.</p>}
        <ChangeLink question={turn.question} at={at} />
      </div>
    </li>
  );
}

/**
 * A recorded answer to a question that is not on the path: it was given out of order, or another answer led elsewhere.
 */
export interface SetAsideAnswer {
  /** Id of the question. */
  id: string;
  question: string;
  answer: string[];
}

interface AnsweredTurnsProps {
  turns: readonly PastTurn[];
  setAside?: readonly SetAsideAnswer[];
  consultation: Consultation;
}

/** All recorded answers, read-only, each with its corrections. */
export function AnsweredTurns({ turns, setAside = [], consultation }: AnsweredTurnsProps) {
  const correctionsOf = (question: string) => (
    <CorrectionsOf consultation={consultation} of={[consultation.answeredBy[question]]} />
  );
  return (
    <>
      <ol class="fd-list">
        {turns.map(({ question, answer, assumed }) => (
          <li>
            <p>{question.text}</p>
            <Lines lines={answer} />
            {assumed !== undefined && <p>{assumed}.</p>}
            {correctionsOf(question.id)}
          </li>
        ))}
      </ol>
      {setAside.length > 0 && <p>Recorded, but the questions do not lead to it:</p>}
      {setAside.length > 0 && (
        <ul class="fd-list">
          {setAside.map(({ id, question, answer }) => (
            <li>
              <p>{question}</p>
              <Lines lines={answer} />
              {correctionsOf(id)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function Lines({ lines }: { lines: string[] }) {
  if (lines.length < 2) return <p class="fd-lines">{lines[0]}</p>;
  return (
    <ul class="fd-lines">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

function ChangeLink({ question, at }: { question: PastTurn['question']; at: Pick<ConversationPaths, 'question'> }) {
  return (
    <a class="govuk-link fd-change" href={`${at.question(question.id)}#question`}>
      Change<span class="govuk-visually-hidden"> your answer to “{question.text}”</span>
    </a>
  );
}

/** Texts shown with a question, and questions that were skipped because their answers were already known. */
export function Notes({
  remarks,
  alreadyAnswered,
  at,
}: {
  remarks: ShownRemark[];
  alreadyAnswered: AlreadyAnswered[];
  at: Pick<ConversationPaths, 'question'>;
}) {
  return (
    <>
      {alreadyAnswered.map(({ question, answer }) => (
        <div class="fd-told-us">
          <p>
            You told us already: <span class="fd-told-us__asked">{question.text}</span>{' '}
            <strong>{answer.join('; ')}</strong>
          </p>
          <ChangeLink question={question} at={at} />
        </div>
      ))}
      {remarks.map(({ text, citations }) => (
        <div class="fd-remark">
          <p>{text}</p>
          <Sources citations={citations} />
        </div>
      ))}
    </>
  );
}
