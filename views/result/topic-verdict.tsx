import type { Result, Stand } from '../../server/consultation/result.ts';
import { describeTopicVerdict } from '../../server/consultation/topic-verdict.ts';
import type { Topic } from '../../server/flow/words.ts';
import { Details } from '../kit/details.tsx';
import { Reasons } from './reason.tsx';

const TITLES: Record<Topic, string> = {
  parents: 'Parents and carers',
  consent: 'Consent, and what to share',
  police: 'The police',
};

/** Parents, consent and police side by side: what stands, why, and what else was found on the way. */
export function Stands({ result, door }: { result: Result; door: string }) {
  const topics = (['parents', 'consent', 'police'] as const).filter((topic) => result[topic] !== undefined);
  if (topics.length === 0) return null;
  return (
    <div class="fd-stands">
      {topics.map((topic) => (
        <StandCard topic={topic} stand={result[topic] as Stand} door={door} />
      ))}
    </div>
  );
}

function StandCard({ topic, stand, door }: { topic: Topic; stand: Stand; door: string }) {
  return (
    <section class="fd-stand" aria-labelledby={`${topic}-title`} id={topic}>
      <h2 class="govuk-heading-s" id={`${topic}-title`}>
        {TITLES[topic]}
      </h2>
      <p class="fd-stand__word">{describeTopicVerdict(topic, stand.word, door)}</p>
      <Details summary="Why" quiet>
        <Reasons reasons={stand.reasons} />
        {stand.weaker.map(({ word, reasons }) => (
          <>
            <p>Also found, and outweighed: {describeTopicVerdict(topic, word, door)}</p>
            <Reasons reasons={reasons} />
          </>
        ))}
      </Details>
    </section>
  );
}
