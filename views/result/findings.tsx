import { describeDeadline } from '../../server/consultation/deadline.ts';
import type { Result } from '../../server/consultation/result.ts';
import { Sources } from '../kit/citation.tsx';
import { ContactCard } from '../kit/contact.tsx';
import { PhoneLink } from '../kit/phone.tsx';
import { Section } from '../kit/section.tsx';

type Contact = Result['contacts'][number];

export function Contacts({ result }: { result: Result }) {
  return (
    <Section id="contacts" title="Whom to contact">
      {result.contacts.map((contact) => (
        <ContactCard contact={contact} />
      ))}
      <p class="fd-lead">“Not checked” means that nobody has rung the number to confirm it since it was published.</p>
    </Section>
  );
}

export function Advices({ result }: { result: Result }) {
  if (result.advice.length === 0) return null;
  return (
    <Section id="advice" title="Keep in mind">
      <ul class="fd-list">
        {result.advice.map(({ text }) => (
          <li>{text}</li>
        ))}
      </ul>
      <Sources citations={result.advice.flatMap((advice) => advice.citations)} />
    </Section>
  );
}

export function WriteDown({ result }: { result: Result }) {
  if (result.write.length === 0) return null;
  return (
    <Section id="write-down" title="What to write down">
      <ul class="fd-list">
        {result.write.map(({ text }) => (
          <li>{text}</li>
        ))}
      </ul>
      <Sources citations={result.write.flatMap((line) => line.citations)} />
    </Section>
  );
}

export function NextSteps({ result }: { result: Result }) {
  if (result.next.length === 0) return null;
  return (
    <Section id="next" title="What happens next">
      <ol class="fd-steps">
        {result.next.map(({ do: what, who, deadline, contact, note }) => (
          <li>
            <p class="fd-steps__do">{what}</p>
            <p class="fd-steps__who">
              By {who}
              {deadline !== undefined && `. ${describeDeadline(deadline)}`}
            </p>
            {contact !== undefined && <NameAndNumber contact={contact} />}
            {note !== undefined && <p>{note}</p>}
          </li>
        ))}
      </ol>
      <Sources citations={result.next.flatMap((step) => step.citations)} />
    </Section>
  );
}

export function Doubts({ result }: { result: Result }) {
  if (result.doubts.length === 0) return null;
  return (
    <Section id="not-known" title="What is not known yet">
      <p>Do not wait for these before you act. Find them out while you go on.</p>
      <ul class="fd-list">
        {result.doubts.map(({ question, text, whoKnows, contact }) => (
          <li>
            <p>
              <strong>{question.text}</strong>
            </p>
            {text !== undefined && <p>{text}</p>}
            {whoKnows !== undefined && <p>Who could tell you: {whoKnows}</p>}
            {contact !== undefined && <NameAndNumber contact={contact} before="Ask " />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NameAndNumber({ contact, before = '' }: { contact: Contact; before?: string }) {
  return (
    <p>
      {before}
      {contact.name}
      {contact.phones.map(({ number }) => (
        <>
          {' '}
          <PhoneLink number={number} />
        </>
      ))}
    </p>
  );
}
