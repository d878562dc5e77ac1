import type { PastTurn } from '../server/consultation/transcript.ts';
import { questionTitle, Transcript } from './conversation.tsx';
import { OpenQuestion, type OpenQuestionProps } from './parts/question.tsx';
import { Turn } from './parts/turn.tsx';
import type { Surroundings } from './surroundings.ts';

export interface AnswerFragmentProps extends OpenQuestionProps {
  around: Surroundings;
  /** All turns, the one just answered included. */
  turns: PastTurn[];
  /** The answer went to the end of the transcript. False: an earlier one changed, and the whole transcript is sent. */
  appended: boolean;
}

/** What htmx gets for an answer: the new question, the answered turn for the transcript, the title and the live line. */
export function AnswerFragment({ around, turns, appended, ...open }: AnswerFragmentProps) {
  const failed = open.error !== undefined;
  const last = turns.at(-1);
  return (
    <>
      <title>{`${failed ? 'Error: ' : ''}${questionTitle(turns.length)} – Front Door`}</title>
      <OpenQuestion {...open} />
      {!failed && appended && last !== undefined && (
        <ol data-hx-swap-oob="beforeend:#turns">
          <Turn turn={last} at={open.at} />
        </ol>
      )}
      {!failed && !appended && <Transcript turns={turns} at={open.at} replace />}
      {!failed && <LiveLine words={`Question added: number ${turns.length + 1}. Your answer is saved.`} area={around.area?.name} />}
    </>
  );
}

function LiveLine({ words }: { words: string; area?: string }) {
  return (
    <p role="status" id="live" class="govuk-visually-hidden" data-hx-swap-oob="innerHTML">
      {words}
    </p>
  );
}
