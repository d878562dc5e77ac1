import type { Change } from '../../server/consultation/changes.ts';
import type { Citation } from '../../server/consultation/citation.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { TOPICS } from '../../server/flow/marks.ts';
import { Citations, Documents } from '../kit/citation.tsx';
import { Details } from '../kit/details.tsx';
import { countOf, Fold } from '../kit/fold.tsx';
import type { FindingsProps } from './findings.tsx';
import { Reasons } from './reason.tsx';

/** The reader's own answers and the paragraphs to which they led, and the documents with their age. */
export function Why({ result, turns, folded }: FindingsProps & { turns: PastTurn[] }) {
  return (
    <Fold
      {...folded}
      id="why"
      title="Why this"
      holds={`${countOf(result.why.length > 0 ? result.why.length : turns.length, 'answer')}, ${countOf(documentsOf(result), 'document')}`}
    >
      <p>
        {result.why.length > 0
          ? 'These of your answers led here, and these paragraphs stand behind them.'
          : 'Your answers together led here:'}
      </p>
      {result.why.length > 0 ? <Reasons reasons={result.why} /> : <Given turns={turns} />}
      <Assumptions assumptions={result.assumptions} />
      <p>The recommended action comes from:</p>
      <Citations citations={result.citations} />
      <Details summary="The documents, how old they are, and how far they are checked">
        <Documents citations={citationsOf(result)} />
      </Details>
    </Fold>
  );
}

/** What the guidance assumed where the reader did not know. */
function Assumptions({ assumptions }: Pick<Result, 'assumptions'>) {
  if (assumptions.length === 0) return null;
  return (
    <>
      <p>This was assumed where you did not know:</p>
      <ul class="fd-reasons">
        {assumptions.map(({ question, text }) => (
          <li>
            “{question.text}” {text}.
          </li>
        ))}
      </ul>
    </>
  );
}

/** Shown if no single answer set a level or a mark: then it was all of them together. */
function Given({ turns }: { turns: PastTurn[] }) {
  return (
    <ul class="fd-reasons">
      {turns.map(({ question, answer }) => (
        <li>
          You answered <strong>{answer.join('; ')}</strong> to “{question.text}”
        </li>
      ))}
    </ul>
  );
}

function documentsOf(result: Result): number {
  return new Set(citationsOf(result).map(({ title }) => title)).size;
}

function citationsOf(result: Result): Citation[] {
  const { citations, why, advice, write, next, contacts } = result;
  const stands = TOPICS.flatMap((topic) => result.topics[topic]?.reasons ?? []);
  return [
    ...citations,
    ...[...why, ...stands, ...advice, ...write, ...next, ...contacts].flatMap((item) => item.citations),
  ];
}

export function Changes({ result, area, folded }: FindingsProps & { area: AreaFacts }) {
  if (result.changes.length === 0) return null;
  return (
    <Fold {...folded} id="changes" title="What would change this" holds={countOf(result.changes.length, 'answer')}>
      <ul class="fd-list">
        {result.changes.map((change) => (
          <li>
            If you had answered{' '}
            {change.answers.map(({ question, instead }, index) => (
              <>
                {index > 0 && ', and '}
                <strong>{instead}</strong> to “{question.text}”
              </>
            ))}
            : {describeOutcome(change, area)}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function describeOutcome({ level, action }: Change, { scale }: AreaFacts): string {
  const name = scale[level - 1];
  if (action === undefined)
    return name === undefined
      ? 'more questions would follow, and no level is settled yet.'
      : `${name} so far, and more questions would follow.`;
  return name === undefined ? `“${action}”.` : `${name}, and “${action}”.`;
}

export function LowerFindings({ result, area, folded }: FindingsProps & { area: AreaFacts }) {
  const weaker = result.level?.stand.weaker ?? [];
  if (weaker.length === 0) return null;
  return (
    <Fold {...folded} id="lower" title="What else was found" holds={countOf(weaker.length, 'lower level')}>
      <p>The highest finding stands. These lower ones are kept.</p>
      {weaker.map(({ word, reasons }) => (
        <>
          <h3 class="govuk-heading-s">{area.scale[Number(word) - 1] ?? word}</h3>
          <Reasons reasons={reasons} />
        </>
      ))}
    </Fold>
  );
}
