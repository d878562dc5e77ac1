import type { Result } from '../../server/consultation/result.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { Citations, Sources } from './citation.tsx';
import { ContactCard } from './contact.tsx';
import { describeDeadline } from './deadline.ts';
import { PhoneLink } from './phone.tsx';
import { Reasons } from './reason.tsx';
import { Section } from './section.tsx';

export function Contacts({ result }: { result: Result }) {
  return (
    <Section id="contacts" title="Whom to contact">
      {result.contacts.map((contact) => (
        <ContactCard contact={contact} />
      ))}
    </Section>
  );
}

export function Advices({ result }: { result: Result }) {
  if (result.advice.length === 0) return null;
  return (
    <Section id="advice" title="Keep in mind">
      <ul class="fd-list">
        {result.advice.map(({ text, citations }) => (
          <li>
            <p>{text}</p>
            <Sources citations={citations} />
          </li>
        ))}
      </ul>
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
        {result.next.map((step) => (
          <li>
            <p class="fd-steps__do">{step.do}</p>
            <p class="fd-steps__who">
              {step.who}
              {step.deadline !== undefined && `. ${describeDeadline(step.deadline)}`}
            </p>
            {step.contact !== undefined && <p class="fd-steps__with">{step.contact.name} {step.contact.phones.map(({ number }) => <PhoneLink number={number} />)}</p>}
            {step.note !== undefined && <p>{step.note}</p>}
            <Sources citations={step.citations} />
          </li>
        ))}
      </ol>
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
            {contact !== undefined && <p>Ask {contact.name} {contact.phones.map(({ number }) => <PhoneLink number={number} />)}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Why({ result }: { result: Result }) {
  return (
    <Section id="why" title="Why this">
      <p>These of your answers led here, and these are the paragraphs behind them.</p>
      <Reasons reasons={result.why} />
      <Citations citations={result.citations} />
    </Section>
  );
}

export function Changes({ result, area }: { result: Result; area: AreaFacts }) {
  if (result.changes.length === 0) return null;
  return (
    <Section id="changes" title="What would have changed this">
      <ul class="fd-list">
        {result.changes.map(({ answers, level, action }) => (
          <li>
            If you had answered{' '}
            {answers.map(({ question, instead }, index) => (
              <>
                {index > 0 && ', and '}
                <strong>{instead}</strong> to “{question.text}”
              </>
            ))}
            , it would have been: {area.scale[level - 1] ?? `no ${area.scaleName}`}
            {action === undefined ? ', after more questions' : `, and “${action}”`}.
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function LowerFindings({ result, area }: { result: Result; area: AreaFacts }) {
  const weaker = result.level?.stand.weaker ?? [];
  if (weaker.length === 0) return null;
  return (
    <Section id="lower" title="What else was found">
      <p>The highest finding stands. These lower ones are kept.</p>
      {weaker.map(({ word, reasons }) => (
        <>
          <h3 class="govuk-heading-s">{area.scale[Number(word) - 1] ?? word}</h3>
          <Reasons reasons={reasons} />
        </>
      ))}
    </Section>
  );
}
