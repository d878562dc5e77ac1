import type { Child } from 'hono/jsx';
import { paths } from '../../server/base/paths.ts';
import type { CallLine, CallScript, CallTopic, PoliceCall, Statement } from '../../server/consultation/call-script.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { describeDeadline } from '../../server/consultation/deadline.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { WordsToSay } from '../../server/consultation/script-lines.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { isEmergency, NameAndPhones } from '../kit/contact.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';
import { PrintHead } from '../kit/print.tsx';
import { WordsToSayFold } from './words-to-say.tsx';

export interface CallPageProps {
  page: PageContext;
  consultation: Consultation;
  area: AreaFacts;
  result: Result;
  script: CallScript;
  /** What to say to the child, and to a parent. */
  words?: WordsToSay;
}

/** What to say on the telephone, in the order in which it is asked: on one sheet of paper, with lines to write on. */
export function CallPage({ page, consultation, area, result, script, words }: CallPageProps) {
  const { id } = consultation;
  return (
    <Layout page={page} title="What to say when you ring">
      <PrintHead consultation={consultation} prints={paths.prints(id)} token={page.token} />
      <div class="fd-call">
        <a class="govuk-link fd-back" href={paths.result(id)}>
          Back to what to do
        </a>
        <h1 class="fd-title">What to say when you ring</h1>
        <p class="fd-lead">
          Ring even if you cannot fill every line. Say what you know, and say what you do not know. Nothing on this page
          has been sent.
        </p>
        {script.police?.emergency && <Police call={script.police} result={result} />}
        {!script.police?.emergency && after999(result) && result.contacts[0] !== undefined && (
          <p class="fd-script__numbers">
            First: <NameAndPhones contact={result.contacts[0]} />
          </p>
        )}
        <section class="fd-script" aria-labelledby="children">
          <h2 class="govuk-heading-m" id="children">
            To children’s services
          </h2>
          <Numbers result={result} area={area} />
          <p class="fd-script__say">
            I am worried about a child. I went through the guidance of {area.name}. It says: {result.action}.{' '}
            {describeDeadline(result.deadline)}.
          </p>
          <ol class="fd-script__lines">
            {script.lines.map((line) => (
              <Line line={line} />
            ))}
          </ol>
          <BeforeRingingOff />
        </section>
        {script.police !== undefined && !script.police.emergency && <Police call={script.police} result={result} />}
        {words !== undefined && <WordsToSayFold words={words} />}
        <p class="fd-no-print">
          <a class="govuk-link" href={`${paths.record(id)}#tellings`}>
            I have rung: write down whom I told
          </a>
          {' · '}
          <a class="govuk-link" href={paths.handoverSheet(id)}>
            Sheet for a written referral
          </a>
        </p>
      </div>
    </Layout>
  );
}

function BeforeRingingOff() {
  return (
    <>
      <h3 class="govuk-heading-s">Before you ring off</h3>
      <ul class="fd-script__lines">
        <li>
          <Gap>What happens next, and by when? What do I do until then?</Gap>
        </li>
        <li>
          <Gap>May I speak to the parents? Who tells them, and what?</Gap>
        </li>
        <li>
          <Gap>Name of the person you spoke to, the time, and the reference they gave</Gap>
        </li>
      </ul>
    </>
  );
}

interface Asked {
  title: string;
  /** What the answers do not contain and has to be written in by hand. */
  gap: string;
  lines?: number;
}

const ASKED: Record<CallTopic, Asked> = {
  concern: { title: 'The worry, and how it arose', gap: 'What happened, where and when, in plain words', lines: 2 },
  harm: { title: 'Harm, or harm that is likely', gap: 'What it has done to the child, and what you fear' },
  urgency: { title: 'How urgent it is for this child', gap: 'When the child is next with this person, or goes home' },
  others: {
    title: 'Other children and adults',
    gap: 'Others in the household, and other children that this adult meets',
  },
  source: { title: 'How you know', gap: 'What you saw or heard yourself, and what you were told, by whom and when' },
  told: {
    title: 'Who has been told, and what the parents think',
    gap: 'Who knows. What the parents say, or why not asked',
  },
  whereabouts: { title: 'Where the child is now', gap: 'Where, with whom, and until when' },
  caller: { title: 'How to reach you', gap: 'Your name, role, number, and until when you can be reached' },
};

function Line({ line: { topic, said } }: { line: CallLine }) {
  const { title, gap, lines } = ASKED[topic];
  return (
    <li>
      <h3 class="fd-script__asked">{title}</h3>
      <Statements said={said} />
      <Gap lines={lines}>{gap}</Gap>
    </li>
  );
}

function Statements({ said }: { said: Statement[] }) {
  return (
    <>
      {said.map(({ words, question }) => (
        <p class="fd-script__say">
          {endSentence(words)}
          {question !== undefined && !words.includes(question) && (
            <span class="fd-script__from"> Your answer to “{question}”</span>
          )}
        </p>
      ))}
    </>
  );
}

/** A line to write on. */
function Gap({ lines = 1, children }: { lines?: number | undefined; children: Child }) {
  return (
    <div class="fd-script__gap">
      <p class="fd-script__prompt">{children}</p>
      {Array.from({ length: lines }, () => (
        <div class="fd-script__rule" />
      ))}
    </div>
  );
}

function endSentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/**
 * Whom to ring, with 999 separate, and who answers at night. After an ambulance, the front door comes next, even if a
 * helpline is listed before it.
 */
function Numbers({ result, area }: Pick<CallPageProps, 'result' | 'area'>) {
  const { contacts, outOfHours, policeContact } = result;
  const others = contacts.filter((contact) => !isEmergency(contact) && contact.id !== policeContact?.id);
  const door = after999(result) && others.find(({ id, phones }) => id === area.frontDoor && phones.length > 0);
  const first = door || others.find(({ phones }) => phones.length > 0);
  const night = outOfHours?.id === first?.id ? undefined : outOfHours;
  if (first === undefined && night === undefined) return <p>{area.frontDoorName}</p>;
  return (
    <p class="fd-script__numbers">
      {first !== undefined && <NameAndPhones contact={first} />}
      {night !== undefined && (
        <>
          {first !== undefined && <br />}
          Evenings and weekends: <NameAndPhones contact={night} />
        </>
      )}
    </p>
  );
}

/** Whether 999 has to be rung first. */
function after999({ contacts: [first] }: Result): boolean {
  return first !== undefined && isEmergency(first);
}

/** What to tell the police: what may be a crime, and where it happened. The child is the victim. */
function Police({ call, result }: { call: PoliceCall; result: Result }) {
  const { emergency, said } = call;
  return (
    <section class="fd-script" aria-labelledby="police-call">
      <h2 class="govuk-heading-m" id="police-call">
        To the police
      </h2>
      <p class="fd-script__numbers">
        {emergency ? (
          <PhoneLink number="999" />
        ) : (
          result.policeContact !== undefined && <NameAndPhones contact={result.policeContact} />
        )}
      </p>
      <p class="fd-script__say">
        {emergency
          ? 'Police, please. A child may be in danger.'
          : 'I want to report what may be a crime. The child is the one it is done to.'}
      </p>
      <Statements said={said} />
      <Gap>
        {emergency
          ? 'The address or place, who is there, who is hurt, and whether there is a weapon'
          : 'What happened, where and when. Who did it, what they look like, their car or account'}
      </Gap>
      <Gap>The log or reference number that they give you</Gap>
    </section>
  );
}
