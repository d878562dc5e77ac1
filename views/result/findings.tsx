import { describeDeadline } from '../../server/consultation/deadline.ts';
import type { Result, ShownContact } from '../../server/consultation/result.ts';
import type { Reader } from '../../server/flow/flow.ts';
import { Sources } from '../kit/citation.tsx';
import { ContactCard, isEmergency, WebLink } from '../kit/contact.tsx';
import { countOf, Fold, type FoldedAt } from '../kit/fold.tsx';
import { PhoneLink } from '../kit/phone.tsx';
import { Section } from '../kit/section.tsx';

type NextStep = Result['next'][number];

export interface FindingsProps {
  result: Result;
  folded?: FoldedAt | undefined;
}

/**
 * The reader's own steps, in the order in which they can be done. They are in sight; everything else about a result is
 * one tap away.
 */
export function MySteps({ result, folded }: FindingsProps) {
  const mine = mineOf(result);
  if (mine.length === 0) return null;
  return (
    <Section id="my-steps" title="Your next steps">
      <ol class="fd-steps">
        {mine.map((step) => (
          <li>
            <p class="fd-steps__do">{step.do}</p>
            <When step={step} known={result.contacts[0]} />
          </li>
        ))}
      </ol>
      <MoreAboutMySteps result={result} folded={folded} />
    </Section>
  );
}

/**
 * A child's steps are one tap away unless one has a time: the people they name are also listed under "others to talk
 * to".
 */
export function ChildSteps({ result }: { result: Result }) {
  if (hasStepsInSight(result, 'child')) return <MySteps result={result} />;
  return <MoreAboutMySteps result={result} title="Your next steps" />;
}

function hasStepsInSight(result: Result, reader: Reader): boolean {
  return reader !== 'child' || mineOf(result).some(({ deadline }) => deadline !== undefined);
}

/** Who else takes part in each step, what to bear in mind, and where it comes from. */
export function MoreAboutMySteps({
  result,
  folded,
  title = 'More about these steps',
}: FindingsProps & { title?: string }) {
  const mine = mineOf(result);
  if (mine.length === 0) return null;
  return (
    <Fold {...folded} id="my-steps-more" title={title} holds={countOf(mine.length, 'step')}>
      <ol class="fd-steps">
        {mine.map((step) => (
          <Step step={step} />
        ))}
      </ol>
      <Sources citations={mine.flatMap((step) => step.citations)} summary="Where your steps come from" />
    </Fold>
  );
}

function mineOf({ next }: Result): NextStep[] {
  return next.filter((step) => step.mine);
}

/**
 * `known`: the contact is named in the first box already, so its number is enough here; if it has none, nothing is
 * shown.
 */
function When({ step: { deadline, contact }, known }: { step: NextStep; known: ShownContact | undefined }) {
  const isKnown = contact?.id === known?.id;
  const shown = contact !== undefined && (!isKnown || isReachable(contact)) ? contact : undefined;
  if (deadline === undefined && shown === undefined) return null;
  return (
    <p class="fd-steps__who">
      {deadline !== undefined && describeDeadline(deadline)}
      {deadline !== undefined && shown !== undefined && '. '}
      {shown !== undefined && <NameAndNumber contact={shown} nameless={isKnown} />}
    </p>
  );
}

/** What other people do, as one timeline. */
export function OthersSteps({ result, folded }: FindingsProps) {
  const others = result.next.filter((step) => !step.mine);
  if (others.length === 0) return null;
  return (
    <Fold {...folded} id="next" title="What others do, and by when" holds={countOf(others.length, 'step')}>
      <ol class="fd-steps">
        {others.map((step) => (
          <Step step={step} />
        ))}
      </ol>
      <Sources citations={others.flatMap((step) => step.citations)} summary="Where these steps come from" />
    </Fold>
  );
}

function Step({ step: { do: what, who, deadline, contact, note } }: { step: NextStep }) {
  return (
    <li>
      <p class="fd-steps__do">{what}</p>
      <p class="fd-steps__who">
        By {who}
        {deadline !== undefined && `. ${describeDeadline(deadline)}`}
      </p>
      {contact !== undefined && (
        <p>
          <NameAndNumber contact={contact} />
        </p>
      )}
      {note !== undefined && <p>{note}</p>}
    </li>
  );
}

export function Contacts({ result, folded }: FindingsProps) {
  const { contacts } = result;
  return (
    <Fold {...folded} id="contacts" title="Whom to contact" holds={countOf(contacts.length, 'contact')}>
      {contacts.map((contact) => (
        <ContactCard contact={contact} />
      ))}
      {contacts.some(({ checkedOn }) => checkedOn === undefined) && (
        <p class="fd-lead">“Not checked” means that nobody has rung the number to confirm it since it was published.</p>
      )}
    </Fold>
  );
}

/** For the public and for children: names and numbers in sight, everything about them folded away. */
/**
 * How many words of advice about what was ticked are shown at once. Somebody who ticks everything still has to be able
 * to find the number.
 */
const MOST_OWN_WORDS = 40;

/** Advice about what the reader ticked, such as not to get into the car, with the contacts that it names. */
export function OwnWords({ result }: { result: Result }) {
  const own = ownWordsOf(result);
  if (own.length === 0) return null;
  return (
    <section class="fd-own-words" aria-label="Keep in mind">
      {own.map(({ text, line }) => (
        <p>
          {text}
          {line !== undefined && (
            <>
              {' '}
              <NameAndNumber contact={line} />
            </>
          )}
        </p>
      ))}
    </section>
  );
}

/** The first advice whatever its length, and as many more as there is room for. `line`: the contact that they name. */
function ownWordsOf(result: Result): { text: string; line?: ShownContact | undefined }[] {
  const { contacts, policeContact } = result;
  const known = new Set([contacts[0]?.id, policeContact?.id, ...mineOf(result).map(({ contact }) => contact?.id)]);
  const isOwn = (contact: ShownContact) => !isEmergency(contact) && !known.has(contact.id) && isReachable(contact);
  const own = result.advice
    .filter(({ inSight }) => inSight)
    .map((advice) => ({ text: advice.text, line: advice.contacts.find(isOwn) }));
  let words = 0;
  return own.filter(({ text, line }, index) => {
    words += `${text} ${line?.name ?? ''}`.trim().split(/\s+/).length;
    return index === 0 || words <= MOST_OWN_WORDS;
  });
}

function isReachable({ phones, web }: ShownContact): boolean {
  return phones.length > 0 || web !== undefined;
}

/** Shown at the top of every page for the public and children. */
const EMERGENCY_CONTACT = 'police_999';

/** Few enough to choose from. All of them are listed under "Whom to contact". */
const MOST_OTHERS: Record<Reader, number> = { professional: Infinity, public: 6, child: 3 };

/** The contacts that are not shown further up already. */
export function ContactLines({ result, reader }: { result: Result; reader: Reader }) {
  const [, ...others] = result.contacts;
  const { policeContact } = result;
  const { police } = result.topics;
  const steps = hasStepsInSight(result, reader) ? mineOf(result) : [];
  const above = new Set([
    ...ownWordsOf(result).flatMap(({ line }) => line?.id ?? []),
    ...steps.flatMap(({ contact }) => contact?.id ?? []),
    ...(police === undefined || policeContact === undefined ? [] : [policeContact.id]),
  ]);
  const reachable = others.filter(
    (contact) => isReachable(contact) && !above.has(contact.id) && contact.id !== EMERGENCY_CONTACT,
  );
  if (reachable.length === 0) return null;
  return (
    <Section id="other-contacts" title="Others to talk to">
      <ul class="fd-numbers">
        {reachable.slice(0, MOST_OTHERS[reader]).map((contact) => (
          <li>
            <NameAndNumber contact={contact} labelled={result.howSoon === 'emergency'} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Advices({ result, folded }: FindingsProps) {
  if (result.advice.length === 0) return null;
  return (
    <Fold {...folded} id="advice" title="Keep in mind" holds={countOf(result.advice.length, 'point')}>
      <ul class="fd-list">
        {result.advice.map(({ text }) => (
          <li>{text}</li>
        ))}
      </ul>
      <Sources citations={result.advice.flatMap((advice) => advice.citations)} summary="Where these points come from" />
    </Fold>
  );
}

export function WriteDown({ result, folded }: FindingsProps) {
  if (result.write.length === 0) return null;
  return (
    <Fold {...folded} id="write-down" title="What to write down" holds={countOf(result.write.length, 'line')}>
      <ul class="fd-list">
        {result.write.map(({ text }) => (
          <li>{text}</li>
        ))}
      </ul>
      <Sources citations={result.write.flatMap((line) => line.citations)} summary="Where these lines come from" />
    </Fold>
  );
}

export function Doubts({ result, folded }: FindingsProps) {
  if (result.doubts.length === 0) return null;
  return (
    <Fold {...folded} id="not-known" title="What is not known yet" holds={countOf(result.doubts.length, 'question')}>
      <p>Do not wait for these before you act. Find them out while you go on.</p>
      <ul class="fd-list">
        {result.doubts.map(({ question, text, whoKnows, contact }) => (
          <li>
            <p>
              <strong>{question.text}</strong>
            </p>
            {text !== undefined && <p>{text}</p>}
            {whoKnows !== undefined && <p>Who could tell you: {whoKnows}</p>}
            {contact !== undefined && (
              <p>
                Ask <NameAndNumber contact={contact} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

interface NameAndNumberProps {
  contact: ShownContact;
  nameless?: boolean;
  /**
   * Says what each of several numbers is for: in danger nobody can look it up, and a voice call does not help somebody
   * who cannot hear.
   */
  labelled?: boolean;
}

function NameAndNumber({ contact, nameless = false, labelled = false }: NameAndNumberProps) {
  const { name, phones, web } = contact;
  return (
    <>
      {!(nameless && phones.length > 0) && name}
      {phones.map(({ number, label }) => (
        <>
          {' '}
          <PhoneLink number={number} />
          {labelled && label !== undefined && <span class="fd-hint"> {label}</span>}
        </>
      ))}
      {phones.length === 0 && web !== undefined && (
        <>
          {' '}
          <WebLink web={web} />
        </>
      )}
    </>
  );
}
