import type { ConversationPaths } from '../../server/base/paths.ts';
import { describeDeadline } from '../../server/consultation/deadline.ts';
import type { Result, ShownContact } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { describeMark } from '../../server/flow/marks.ts';
import { Sources } from '../kit/citation.tsx';
import { CheckedTag, isEmergency } from '../kit/contact.tsx';
import { PhoneLink } from '../kit/phone.tsx';

interface RecommendedProps {
  result: Result;
  area: AreaFacts;
  /** Where the interview goes on once 999 has been called. */
  goOn?: string;
}

/** The answer that was given last: once 999 has been called it is another one, and more is asked. */
export function whereToGoOn(turns: readonly PastTurn[], at: ConversationPaths): string | undefined {
  const last = turns.at(-1);
  return last && `${at.question(last.question.id)}#question`;
}

/** The level, and the one thing to do: what, by when, and the number to ring. */
export function Recommended({ result, area, goOn }: RecommendedProps) {
  const { level, action, text, deadline, contacts, citations } = result;
  const [first] = contacts;
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
      {first !== undefined && <Ring contact={first} door={contacts.find(({ id }) => id === area.frontDoor)} />}
      <Parents result={result} door={area.frontDoorName} />
      {text !== undefined && <p class="fd-action__text">{text}</p>}
      {goOn !== undefined && first !== undefined && isEmergency(first) && (
        <p class="fd-no-print">
          <a class="govuk-button" href={goOn} draggable={false}>
            I have called 999: go on
          </a>
        </p>
      )}
      <Sources citations={citations} />
    </section>
  );
}

/** Told to the wrong person it does harm, so it does not wait for its own section. */
function Parents({ result: { parents }, door }: { result: Result; door: string }) {
  if (parents === undefined || (parents.word !== 'do not tell' && parents.word !== 'ask first')) return null;
  return (
    <p class="fd-action__text">
      <strong>{describeMark('parents', parents.word, door)}</strong>{' '}
      <a class="govuk-link" href="#parents">
        Why
      </a>
    </p>
  );
}

/** The number of whom the action names, and of nobody else: a number that stands here is rung. */
function Ring({ contact, door }: { contact: ShownContact; door: ShownContact | undefined }) {
  if (contact.phones.length === 0) return <WithoutNumber contact={contact} door={door} />;
  return (
    <>
      <p class="fd-action__ring">
        {contact.phones.map(({ number }, index) => (
          <>
            {index > 0 && <span class="fd-action__or"> or </span>}
            <PhoneLink number={number} big />
          </>
        ))}
        <CheckedTag contact={contact} /> <span class="fd-action__who">{contact.name}</span>
      </p>
      {contact.conflict !== undefined && <p class="fd-action__text">{contact.conflict}</p>}
    </>
  );
}

function WithoutNumber({ contact, door }: { contact: ShownContact; door: ShownContact | undefined }) {
  const other = door !== undefined && door.id !== contact.id && door.phones.length > 0 ? door : undefined;
  return (
    <>
      <p class="fd-action__text">
        <strong>{contact.name}</strong>. {contact.note ?? contact.for}
      </p>
      {other !== undefined && (
        <p class="fd-action__ring">
          <span>If you cannot reach them: {other.name}</span>
          {other.phones.map(({ number }) => (
            <PhoneLink number={number} />
          ))}
          <CheckedTag contact={other} />
        </p>
      )}
    </>
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
