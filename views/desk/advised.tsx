import { paths } from '../../server/base/paths.ts';
import { describeDeadline } from '../../server/consultation/deadline.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import { describeMark, TOPICS } from '../../server/flow/marks.ts';
import { Details } from '../kit/details.tsx';
import { Section } from '../kit/section.tsx';
import { AnsweredTurns } from '../question/turn.tsx';

export interface AdvisedProps {
  id: string;
  result?: Result;
  turns: PastTurn[];
  /** The answers can be changed now. */
  editable: boolean;
}

/** What the guidance advised by these answers, and the answers themselves. */
export function Advised({ id, result, turns, editable }: AdvisedProps) {
  return (
    <Section id="advised" title="What the guidance advises">
      {result === undefined ? (
        <p>The questions are not finished. Nothing is advised yet.</p>
      ) : (
        <>
          <p class="fd-advised">
            <strong>{result.action}.</strong> {describeDeadline(result.deadline)}.
          </p>
          <ul class="fd-list">
            {result.level !== undefined && <li>{result.level.name}</li>}
            {TOPICS.filter((topic) => result[topic] !== undefined).map((topic) => (
              <li>{describeMark(topic, result[topic]?.word ?? '', result.askFirst)}</li>
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
      <Details summary={`All answers (${turns.length})`} quiet>
        <AnsweredTurns turns={turns} />
      </Details>
    </Section>
  );
}
