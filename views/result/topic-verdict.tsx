import type { TopicResult } from '../../server/consultation/result.ts';
import { describeMark, MARKS, TOPICS, type Topic } from '../../server/flow/marks.ts';
import { countOf, Fold } from '../kit/fold.tsx';
import type { FindingsProps } from './findings.tsx';
import { Reasons } from './reason.tsx';

/** Parents, consent and police: what applies, why, and what else was found on the way. */
export function Stands({ result, folded }: FindingsProps) {
  const stands = TOPICS.flatMap((topic) => {
    const stand = result.topics[topic];
    return stand === undefined ? [] : [{ topic, stand }];
  });
  if (stands.length === 0) return null;
  return (
    <Fold {...folded} id="verdicts" title="Parents, consent, police" holds={countOf(stands.length, 'finding')}>
      <div class="fd-stands">
        {stands.map(({ topic, stand }) => (
          <StandCard topic={topic} stand={stand} door={result.askFirst} />
        ))}
      </div>
    </Fold>
  );
}

function StandCard({ topic, stand, door }: { topic: Topic; stand: TopicResult; door: string }) {
  return (
    <section class="fd-stand" aria-labelledby={`${topic}-title`} id={topic}>
      <h3 class="govuk-heading-s" id={`${topic}-title`}>
        {MARKS[topic].title}
      </h3>
      <p class="fd-stand__word">{stand.sentence}</p>
      <Reasons reasons={stand.reasons} />
      {stand.weaker.map(({ word, reasons }) => (
        <>
          <p>Also found, and outweighed: {describeMark(topic, word, door)}</p>
          <Reasons reasons={reasons} />
        </>
      ))}
    </section>
  );
}
