import type { Result } from '../../server/consultation/result.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { Sources } from './citation.tsx';
import { CheckedTag } from './contact.tsx';
import { describeDeadline } from './deadline.ts';
import { PhoneLink } from './phone.tsx';

/** The level, and the one thing to do: what, by when, and the number to ring. */
export function Recommended({ result, area }: { result: Result; area: AreaFacts }) {
  const { level, action, text, deadline, contacts, citations } = result;
  const first = contacts.find((contact) => contact.phones.length > 0);
  return (
    <section class="fd-action" aria-labelledby="action-title">
      {level !== undefined && <LevelLine number={level.number} name={level.name} area={area} />}
      <p class="fd-action__eyebrow">What to do</p>
      <h1 class="fd-action__title" id="action-title" tabindex={-1}>
        {action}
      </h1>
      <p class="fd-action__when">
        <strong>{describeDeadline(deadline)}</strong>
      </p>
      {first !== undefined && (
        <p class="fd-action__ring">
          {first.phones.map(({ number }, index) => (
            <>
              {index > 0 && <span class="fd-action__or"> or </span>}
              <PhoneLink number={number} big />
            </>
          ))}
          <CheckedTag contact={first} /> <span class="fd-action__who">{first.name}</span>
        </p>
      )}
      {first?.conflict !== undefined && <p class="fd-action__text">{first.conflict}</p>}
      {text !== undefined && <p class="fd-action__text">{text}</p>}
      <Sources citations={citations} />
    </section>
  );
}

function LevelLine({ number, name, area }: { number: number; name: string; area: AreaFacts }) {
  return (
    <p class="fd-level">
      <span class="fd-level__steps" aria-hidden="true">
        {area.scale.map((_, index) => (
          <span class={index < number ? 'fd-level__step fd-level__step--on' : 'fd-level__step'} />
        ))}
      </span>
      {name}
    </p>
  );
}
