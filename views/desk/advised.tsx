import { paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { type Deadline, describeDeadline, describeWithin } from '../../server/consultation/deadline.ts';
import type { AdviceSoFar } from '../../server/consultation/provisional-advice.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import { TOPICS } from '../../server/flow/marks.ts';
import { Details } from '../kit/details.tsx';
import { Section } from '../kit/section.tsx';
import { AnsweredTurns, type SetAsideAnswer } from '../question/turn.tsx';

export interface AdvisedProps {
  id: string;
  result?: Result;
  /** Undefined before the first answer. */
  advice?: AdviceSoFar;
  turns: PastTurn[];
  setAside?: readonly SetAsideAnswer[];
  consultation: Consultation;
  /** Whether the answers can be changed now. */
  editable: boolean;
}

interface AdviceLineProps {
  advice: AdviceSoFar;
  /** With its day, if that is known. */
  deadline?: Deadline | undefined;
  /** Whether an outcome has been recorded since. */
  wasThen?: boolean;
}

/** The line on every page of the desk that says what is advised, and by when. */
export function AdviceLine({ advice, deadline, wasThen = false }: AdviceLineProps) {
  const { action, within, isFinished } = advice;
  return (
    <>
      {wasThen ? 'It was advised' : 'Advised'}
      {!isFinished && ' so far'}: <strong>{action}</strong>
      {deadline === undefined ? `, ${describeWithin(within)}` : `. ${describeDeadline(deadline)}`}.
      {!isFinished && ' Questions are still open.'}
    </>
  );
}

/** What the guidance advised on these answers, and the answers themselves. */
export function Advised({ id, result, advice, turns, setAside = [], editable, consultation }: AdvisedProps) {
  return (
    <Section id="advised" title="What the guidance advises">
      {advice === undefined ? (
        <p>No question is answered: nothing is advised yet.</p>
      ) : (
        <p class="fd-advised">
          <AdviceLine advice={advice} deadline={result?.deadline} />
        </p>
      )}
      {advice?.isFinished === false && <p>This holds if nothing more becomes known.</p>}
      {result !== undefined && (
        <>
          <ul class="fd-list">
            {result.level !== undefined && <li>{result.level.name}</li>}
            {TOPICS.filter((topic) => result.topics[topic] !== undefined).map((topic) => (
              <li>{result.topics[topic]?.sentence}</li>
            ))}
          </ul>
          {result.doubts.length > 0 && (
            <>
              <p>Not known yet:</p>
              <ul class="fd-list">
                {result.doubts.map((doubt) => (
                  <li>{doubt.question.text}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {editable && (
        <p class="fd-no-print">
          <a class="govuk-link" href={paths.deskQuestions(id)}>
            Answer or change the questions, all on one page
          </a>
        </p>
      )}
      <Details summary={`All answers (${turns.length + setAside.length})`} quiet>
        <AnsweredTurns turns={turns} setAside={setAside} consultation={consultation} />
      </Details>
    </Section>
  );
}
