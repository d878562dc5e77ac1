import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Citation } from '../../server/consultation/citation.ts';
import type { ShownContact } from '../../server/consultation/result.ts';
import { describeAge, describeParagraph } from './citation.tsx';
import { CopyButton } from './copy-button.tsx';
import { PhoneLink } from './phone.tsx';

/** A contact: the number as a link, whether it has been checked, and below it the source and its age. */
export function ContactCard({ contact }: { contact: ShownContact }) {
  return (
    <div class="fd-contact">
      <HowToReach
        contact={contact}
        beside={(number) => (
          <>
            <CheckedTag contact={contact} />
            <CopyButton text={number} what={`the number ${number}`} />
          </>
        )}
      />
      <ContactDetails contact={contact} />
    </div>
  );
}

interface HowToReachProps {
  contact: ShownContact;
  /** What is shown beside each number. */
  beside?: (number: string) => unknown;
}

/** Name, what it is for, every number and the other ways. */
export function HowToReach({ contact, beside }: HowToReachProps) {
  return (
    <>
      <h3 class="fd-contact__name">{contact.name}</h3>
      <p class="fd-contact__for">{contact.for}</p>
      {contact.phones.map(({ number, label }) => (
        <p class="fd-contact__number">
          <PhoneLink number={number} />
          {label !== undefined && <span>{label}</span>}
          {beside?.(number)}
        </p>
      ))}
      <OtherWays contact={contact} />
    </>
  );
}

/**
 * What is unusual about it, hours, notes, its source, and a way to report that it is wrong. `called`: a longer name, if
 * the contact's own is ambiguous.
 */
export function ContactDetails({ contact, called = contact.name }: { contact: ShownContact; called?: string }) {
  const { id, area, hours, conflict, note } = contact;
  return (
    <>
      {conflict !== undefined && (
        <p class="fd-conflict">
          <strong>The published numbers differ.</strong> {conflict}
        </p>
      )}
      {hours !== undefined && <p class="fd-contact__about">Hours: {hours}</p>}
      {note !== undefined && <p class="fd-contact__about">{note}</p>}
      {contact.checked !== undefined && (
        <p class="fd-contact__about" translate="no">
          {contact.checked}
        </p>
      )}
      <p class="fd-contact__about" translate="no">
        Source: {contact.citations.map(describeSource).join('; ')}
      </p>
      <p class="fd-no-print">
        <a class="govuk-link" href={paths.wrongNumberOf(area, id)}>
          This number is wrong<span class="govuk-visually-hidden">: {called}</span>
        </a>
      </p>
    </>
  );
}

/** Email address or web page. */
export function OtherWays({ contact }: { contact: ShownContact }) {
  const { email, web, webIsFor, phones } = contact;
  return (
    <>
      {email !== undefined && (
        <p class="fd-contact__way">
          <a class="govuk-link" href={`mailto:${email}`}>
            {email}
          </a>{' '}
          {phones.length === 0 && <CheckedTag contact={contact} />}
        </p>
      )}
      {web !== undefined && isWebAddress(web) && (
        <p class="fd-contact__way">
          {webIsFor !== undefined && <span>{webIsFor}</span>} <WebLink web={web} />
        </p>
      )}
    </>
  );
}

/** Shortened for reading. Only web addresses become links. */
export function WebLink({ web }: { web: string }) {
  const words = web.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  if (!isWebAddress(web)) return null;
  return (
    <a class="govuk-link" href={web} rel="noreferrer">
      {words}
    </a>
  );
}

function isWebAddress(web: string): boolean {
  return /^https?:\/\//i.test(web);
}

export function isEmergency({ phones }: Pick<ShownContact, 'phones'>): boolean {
  return phones.length === 1 && phones[0]?.number === '999';
}

/** Whether anybody has called the number to check it. Not shown for 999 and Childline. */
export function CheckedTag({ contact }: { contact: ShownContact }) {
  const { checkedOn, checked, stale } = contact;
  if (isEmergency(contact) || checked !== undefined) return null;
  if (checkedOn === undefined) return <span class="fd-tag fd-tag--unchecked">Not checked</span>;
  const words = `Checked ${describeDay(checkedOn)}`;
  return stale ? (
    <span class="fd-tag fd-tag--unchecked">{words}, may be out of date</span>
  ) : (
    <span class="fd-tag">{words}</span>
  );
}

function describeSource(citation: Citation): string {
  return `${citation.title}, ${describeParagraph(citation)} (${describeAge(citation.published)})`;
}

/** On one line: the name, every number, and whether they were checked. */
export function NameAndPhones({ contact }: { contact: ShownContact }) {
  return (
    <>
      {contact.name}
      {contact.phones.map(({ number }) => (
        <>
          {' '}
          <PhoneLink number={number} />
        </>
      ))}{' '}
      <CheckedTag contact={contact} />
    </>
  );
}
