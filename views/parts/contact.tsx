import type { ShownContact } from '../../server/consultation/result.ts';
import { describeAge, Sources } from './citation.tsx';
import { describeDay } from './day.ts';
import { PhoneLink } from './phone.tsx';

/** Whom to ring: the number as a link, and beside it how old it is and whether anybody has checked it. */
export function ContactCard({ contact, level = 3 }: { contact: ShownContact; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div class="fd-contact">
      <Heading class="fd-contact__name">{contact.name}</Heading>
      <p class="fd-contact__for">{contact.for}</p>
      {contact.phones.map(({ number, label }) => (
        <p class="fd-contact__number">
          <PhoneLink number={number} />
          {label !== undefined && <span class="fd-contact__label"> ({label})</span>} <CheckedTag contact={contact} />{' '}
          <CopyButton text={number} what={`the number ${number}`} />
        </p>
      ))}
      <OtherWays contact={contact} />
      {contact.conflict !== undefined && (
        <p class="fd-conflict">
          <strong>The published numbers differ.</strong> {contact.conflict}
        </p>
      )}
      {contact.note !== undefined && <p class="fd-contact__note">{contact.note}</p>}
      <p class="fd-contact__age">{describeSource(contact)}</p>
      <Sources citations={contact.citations} />
    </div>
  );
}

function OtherWays({ contact }: { contact: ShownContact }) {
  const { email, web, hours, phones } = contact;
  return (
    <>
      {email !== undefined && (
        <p class="fd-contact__way">
          <a class="govuk-link" href={`mailto:${email}`}>
            {email}
          </a>
          {phones.length === 0 && <CheckedTag contact={contact} />}
        </p>
      )}
      {web !== undefined && isWebAddress(web) && (
        <p class="fd-contact__way">
          <a class="govuk-link" href={web} rel="noreferrer">
            {web}
          </a>
        </p>
      )}
      {(phones.length > 0 || hours !== undefined) && (
        <p class="fd-contact__hours">{hours === undefined ? 'Hours: not given in the sources' : `Hours: ${hours}`}</p>
      )}
    </>
  );
}

function isWebAddress(web: string): boolean {
  return /^https?:\/\//i.test(web);
}

function CheckedTag({ contact: { checkedOn, stale } }: { contact: ShownContact }) {
  if (checkedOn === undefined) return <span class="fd-tag fd-tag--unchecked">Not checked</span>;
  const words = `Checked ${describeDay(checkedOn)}`;
  return stale ? <span class="fd-tag fd-tag--unchecked">{words}, may be out of date</span> : <span class="fd-tag">{words}</span>;
}

function describeSource({ citations: [first], checkedOn, phones }: ShownContact): string {
  const source = first === undefined ? 'No source' : `From “${first.title}”, ${describeAge(first.published)}`;
  const unchecked = checkedOn === undefined && phones.length > 0;
  return unchecked ? `${source}. Nobody has rung the number to check it.` : `${source}.`;
}

/** Shown by the script, which alone can copy. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  return (
    <button type="button" class="fd-copy" data-copy={text} hidden>
      Copy<span class="govuk-visually-hidden"> {what}</span>
    </button>
  );
}
