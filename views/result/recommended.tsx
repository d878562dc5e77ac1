import type { Child } from 'hono/jsx';
import type { ConversationPaths } from '../../server/base/paths.ts';
import { describeDeadline } from '../../server/consultation/deadline.ts';
import type { HowSoon, Result, ShownContact } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { answersAtNight } from '../../server/flow/opening-hours.ts';
import { Sources } from '../kit/citation.tsx';
import { CheckedTag, isEmergency, NameAndPhones, OtherWays } from '../kit/contact.tsx';
import { PhoneLink } from '../kit/phone.tsx';

interface RecommendedProps {
  result: Result;
  area: AreaFacts;
  /** Where the interview continues once 999 has been called. */
  goOn?: string;
  /** Links to what to say on the telephone, and to the hand-over sheet. */
  whatToSay?: string;
  handoverSheet?: string;
  /** Whether to cite the documents behind the action; for the public they are under "Why this". */
  sources?: boolean;
  /** For a child. Something without a time is never called "not urgent": it may be all that they can say today. */
  child?: boolean;
}

/** The URL of the last answer: once 999 has been called, that answer changes, and more questions follow. */
export function whereToGoOn(turns: readonly PastTurn[], at: ConversationPaths): string | undefined {
  const last = turns.at(-1);
  return last && `${at.question(last.question.id)}#question`;
}

/**
 * What fits on the first screen of a phone: the level, what to do, by when, whom to contact, the parents, the police.
 */
export function Recommended({ result, area, goOn, whatToSay, handoverSheet, sources, child }: RecommendedProps) {
  const { level, action, text, deadline, howSoon, contacts, citations } = result;
  const [first] = contacts;
  /** An ambulance is called on 999, too. Only after a call to the police is there a question with which to continue. */
  const ring999 = first !== undefined && isEmergency(first);
  const shownHowSoon: HowSoon = ring999 ? 'emergency' : howSoon;
  const anyTime = child && howSoon === 'not urgent';
  return (
    <section class={`fd-action fd-action--${shownHowSoon.replace(' ', '-')}`} aria-labelledby="action-title">
      {!anyTime && (
        <p class="fd-action__head">
          <HowSoonTag howSoon={shownHowSoon} />
          {level !== undefined && <LevelLine number={level.number} name={level.name} area={area} />}
        </p>
      )}
      <h1 class="fd-action__title" id="action-title" tabindex={-1}>
        {action}
      </h1>
      <p class="fd-action__when">
        <strong>{anyTime ? 'Any time' : describeDeadline(deadline)}</strong>
      </p>
      {first !== undefined && <FirstWay contact={first} />}
      {goOn !== undefined && ring999 && howSoon === 'emergency' && (
        <p class="fd-no-print">
          <a class="govuk-button" href={goOn} draggable={false}>
            I have called 999: go on
          </a>
        </p>
      )}
      <Verdicts result={result} />
      {first !== undefined && <OtherWaysToReach first={first} result={result} area={area} />}
      {text !== undefined && <p class="fd-action__text">{text}</p>}
      {whatToSay !== undefined && (
        <p class="fd-action__text fd-no-print">
          <a class="govuk-link" href={whatToSay}>
            What to say when you ring
          </a>
          {handoverSheet !== undefined && result.toBeTold && (
            <>
              {' · '}
              <a class="govuk-link" href={handoverSheet}>
                Sheet for a referral
              </a>
            </>
          )}
        </p>
      )}
      {sources && <Sources citations={citations} summary="Where this action comes from" />}
    </section>
  );
}

const URGENCY_WORDS: Record<HowSoon, string> = {
  emergency: 'Emergency',
  urgent: 'Urgent',
  today: 'Act today',
  'not urgent': 'Not urgent',
};

/** Each has its own colour and shape, with the word beside it. */
function HowSoonTag({ howSoon }: { howSoon: HowSoon }) {
  return (
    <span class="fd-urgency">
      <span class="fd-urgency__shape" aria-hidden="true" />
      {URGENCY_WORDS[howSoon]}
    </span>
  );
}

/**
 * Parents and police in one line each. Telling the wrong person does harm, so neither is left to a section further
 * down.
 */
function Verdicts({ result: { topics, policeContact } }: { result: Result }) {
  const { parents, police } = topics;
  const isTold = police !== undefined && police.word !== 'call 999';
  if (parents === undefined && !isTold) return null;
  return (
    <dl class="fd-action__verdicts">
      {parents !== undefined && (
        <Verdict name="Parents">
          <strong>{parents.sentence}</strong>
        </Verdict>
      )}
      {isTold && (
        <Verdict name="Police">
          <strong>{police.sentence}</strong>
          {policeContact?.phones.map(({ number }) => (
            <>
              {' '}
              <PhoneLink number={number} />
            </>
          ))}
        </Verdict>
      )}
    </dl>
  );
}

function Verdict({ name, children }: { name: string; children: Child }) {
  return (
    <div class="fd-action__verdict">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One way to contact whom the action names. */
function FirstWay({ contact }: { contact: ShownContact }) {
  const [first] = contact.phones;
  if (first === undefined)
    return (
      <div class="fd-action__ring">
        <strong>{contact.name}</strong>
        <OtherWays contact={contact} />
      </div>
    );
  return (
    <p class="fd-action__ring">
      <PhoneLink number={first.number} big /> <CheckedTag contact={contact} />{' '}
      <span class="fd-action__who">{first.label ?? contact.name}</span>
    </p>
  );
}

/** Its other numbers, what is unusual about them, and who answers if nobody does. */
function OtherWaysToReach({ first, result, area }: { first: ShownContact; result: Result; area: AreaFacts }) {
  const [, ...others] = first.phones;
  const door = result.contacts.find(({ id }) => id === area.frontDoor);
  return (
    <>
      {others.map(({ number, label }) => (
        <p class="fd-action__otherwise">
          {label ?? 'Or'} <PhoneLink number={number} />
        </p>
      ))}
      {first.conflict !== undefined && <p class="fd-action__text">{first.conflict}</p>}
      {first.phones.length === 0 && door !== undefined && door.id !== first.id && <SecondWay contact={door} />}
      {first.phones.length === 0 && <p class="fd-action__text">{first.note ?? first.for}</p>}
      {first.phones.length > 0 && <OtherWays contact={first} />}
      {first.phones.length > 0 && <Otherwise first={first} result={result} area={area} />}
    </>
  );
}

/**
 * For a contact without a known number, such as the child's own social worker: the front door, or where to find the
 * number.
 */
function SecondWay({ contact }: { contact: ShownContact }) {
  if (contact.phones.length > 0)
    return (
      <p class="fd-action__otherwise">
        If you cannot reach them: <NameAndPhones contact={contact} />
      </p>
    );
  return (
    <div class="fd-action__otherwise">
      If you cannot reach them: {contact.name}
      <OtherWays contact={contact} />
    </div>
  );
}

/**
 * What to do if nobody answers. Front doors are closed at night, so something to be done now or today always says who
 * answers then, or that nobody is known to.
 */
function Otherwise({ first, result, area }: { first: ShownContact; result: Result; area: AreaFacts }) {
  const { outOfHours, howSoon } = result;
  if (isEmergency(first) || (howSoon === 'not urgent' && first.id !== area.frontDoor)) return null;
  if (outOfHours === undefined || outOfHours.id === first.id)
    return area.outOfHours === undefined && howSoon !== 'not urgent' && area.id !== 'national' ? (
      <p class="fd-action__otherwise">
        Nobody answers? {!answersAtNight(first.open) && 'No number for nights and weekends is known here. '}
        If it cannot wait, ring the police on <PhoneLink number="101" />, or <PhoneLink number="999" /> in danger.
      </p>
    ) : null;
  return (
    <p class="fd-action__otherwise">
      Nobody answers, evening or weekend? {outOfHours.name}
      {outOfHours.phones.map(({ number }) => (
        <>
          {' '}
          <PhoneLink number={number} />
        </>
      ))}
    </p>
  );
}

function LevelLine({ number, name, area }: { number: number; name: string; area: AreaFacts }) {
  return (
    <span class="fd-level">
      <span class="fd-level__steps" aria-hidden="true">
        {area.scale.map((_, index) => (
          <span class={index < number ? 'fd-level__step fd-level__step--on' : 'fd-level__step'} />
        ))}
      </span>
      {name}
    </span>
  );
}
