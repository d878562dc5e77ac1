import type { Child } from 'hono/jsx';
import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { PaperForm } from '../../server/flow/draw/paper-form.ts';
import type { LadderInWords, StepInWords } from '../../server/flow/draw/plain-words.ts';
import type { QuestionDescription } from '../../server/flow/draw/question-in-words.ts';
import type { Contact, Flow } from '../../server/flow/flow.ts';
import { describeOpeningHours } from '../../server/flow/opening-hours.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { titleOfFlow } from './flow.tsx';

export interface PaperFormPageProps {
  page: PageContext;
  flow: Flow;
  version: string;
  day: string;
  form: PaperForm;
}

/** The questions of a flow as a form, for training and for when the network is down. It is filled in by hand and sends nothing. */
export function PaperFormPage({ page, flow, version, day, form }: PaperFormPageProps) {
  const { id, area, title } = flow;
  return (
    <Layout page={page} title={`On paper: ${titleOfFlow(flow)}`}>
      <a class="govuk-link fd-back" href={paths.flow(area.id, id)}>
        Back to the flow
      </a>
      <div class="fd-by-hand">
        <h1 class="fd-title">{title}</h1>
        <p class="fd-by-hand__small">
          {area.name}. The questions on paper, version <code>{version}</code>, printed {describeDay(day)}. Use it for
          training, or while the network is down. A newer version may be in force.
        </p>
        <section class="fd-untold" aria-labelledby="paper-not">
          <h2 class="fd-untold__title" id="paper-not">
            This is no referral, and tells nobody
          </h2>
          <p>
            Danger now? Call 999 and do not fill this in. Children’s services hear nothing of it until you ring them.
          </p>
        </section>
        <Numbers contacts={form.contacts.slice(0, 2)} title="Front door" />
        <HowTo />
        <Counted counted={form.counted} />
        {form.ladders.map((ladder) => (
          <Ladder ladder={ladder} />
        ))}
        <Afterwards toWriteDown={form.toWriteDown} />
        <Numbers contacts={form.contacts} title="All numbers" />
      </div>
    </Layout>
  );
}

function HowTo() {
  return (
    <section aria-labelledby="how">
      <h2 class="govuk-heading-m" id="how">
        How to fill it in
      </h2>
      <Blank label="Date and time" />
      <Blank label="Who fills this in, and for whom" />
      <ol class="fd-by-hand__how">
        <li>
          Begin at step 1 and go down. Tick one box, or all that fit where it says so. “I don’t know” is always allowed.
        </li>
        <li>A step with “Only if” is left out where that is not so.</li>
        <li>“Go to A” leads to part A. At its end you come back and go on below.</li>
        <li>When an answer or a note sets something, tick it under “Keep count”. The last one in each row counts.</li>
        <li>The first end that fits is what to do. Stop there, and ring.</li>
      </ol>
    </section>
  );
}

function Counted({ counted }: Pick<PaperForm, 'counted'>) {
  if (counted.length === 0) return null;
  return (
    <section aria-labelledby="count">
      <h2 class="govuk-heading-m" id="count">
        Keep count
      </h2>
      {counted.map(({ title, words }) => (
        <div class="fd-by-hand__count">
          <h3 class="govuk-heading-s">{title}</h3>
          <ul class="fd-by-hand__boxes">
            {words.map((word) => (
              <Tick>{word}</Tick>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Ladder({ ladder: { part, letter, title, steps, calledFrom } }: { ladder: LadderInWords }) {
  return (
    <section aria-labelledby={`paper-${part}`}>
      <h2 class="govuk-heading-m" id={`paper-${part}`}>
        {letter === '' ? 'The questions' : `Part ${letter}: ${title}`}
      </h2>
      {letter !== '' && (
        <p class="fd-by-hand__small">From step {calledFrom.join(' and ')}. At the end, go back there.</p>
      )}
      <ul class="fd-by-hand__steps">
        {steps.map((step) => (
          <Step step={step} />
        ))}
      </ul>
    </section>
  );
}

function Step({ step }: { step: StepInWords }) {
  const { rung, when, text, more, question, marks, contacts } = step;
  return (
    <li class={`fd-by-hand__step fd-by-hand__step--${rung.kind}`}>
      {when.length > 0 && <p class="fd-by-hand__if">Only if {when.join(', and ')}</p>}
      <h3 class="fd-by-hand__text">
        <span class="fd-by-hand__name">{rung.name}</span> {headingOf(step)}
      </h3>
      {rung.kind === 'call' && <p>{/[.?!]$/.test(text) ? text : `${text}.`} Then come back to the next step here.</p>}
      {rung.kind === 'end' && (
        <p class="fd-by-hand__within">{rung.within === 'no set time' ? 'No set time' : `By when: ${rung.within}`}</p>
      )}
      {more !== undefined && <p>{more}</p>}
      {question !== undefined && <Answers question={question} />}
      {contacts.length > 0 && <p class="fd-by-hand__small">Ring: {contacts.join('; ')}</p>}
      {marks.length > 0 && <p class="fd-by-hand__small">Sets: {marks.join('; ')}</p>}
      {rung.leaves === 'return' && <p class="fd-by-hand__small">Then go back to where you came from.</p>}
    </li>
  );
}

function headingOf({ rung, text }: StepInWords): string {
  switch (rung.kind) {
    case 'call':
      return `Go to ${rung.opens?.letter ?? ''}`;
    case 'end':
      return `End: ${text}`;
    case 'advise':
      return `Note: ${text}`;
    default:
      return text;
  }
}

function Answers({ question }: { question: QuestionDescription }) {
  const { answering, groups, none, means, unknown } = question;
  const isWritten = groups.every(({ options }) => options.length === 0);
  const isYesNo = /^yes or no/i.test(answering);
  return (
    <>
      <p class="fd-by-hand__small">{answering}</p>
      {isYesNo && isWritten && (
        <ul class="fd-by-hand__boxes">
          <Tick>Yes</Tick>
          <Tick>No</Tick>
        </ul>
      )}
      {isWritten && !isYesNo && <Blank label="Answer" />}
      {groups.map(({ title, options }) => (
        <>
          {title !== undefined && options.length > 0 && <p class="fd-by-hand__group">{title}</p>}
          <ul class="fd-by-hand__boxes">
            {options.map(({ text, help, marks }) => (
              <Tick>
                {text}
                {help !== undefined && <span class="fd-by-hand__small"> ({help})</span>}
                {marks.length > 0 && <span class="fd-by-hand__small"> → {marks.join('; ')}</span>}
              </Tick>
            ))}
          </ul>
        </>
      ))}
      <ul class="fd-by-hand__boxes">
        {none !== undefined && <Tick>{none}</Tick>}
        <Tick>
          I don’t know <span class="fd-by-hand__small">{unknown.join(' ')}</span>
        </Tick>
      </ul>
      {means.map((line) => (
        <p class="fd-by-hand__small">{line}</p>
      ))}
    </>
  );
}

function Tick({ children }: { children: Child }) {
  return (
    <li>
      <span class="fd-by-hand__box" aria-hidden="true" />
      <span>{children}</span>
    </li>
  );
}

function Blank({ label }: { label: string }) {
  return (
    <p class="fd-by-hand__blank">
      <span>{label}</span>
      <span class="fd-by-hand__rule" aria-hidden="true" />
    </p>
  );
}

function Afterwards({ toWriteDown }: Pick<PaperForm, 'toWriteDown'>) {
  return (
    <section aria-labelledby="afterwards">
      <h2 class="govuk-heading-m" id="afterwards">
        What I did
      </h2>
      <Blank label="The end that fitted: step" />
      <Blank label="Whom I rang, when, and their name" />
      <Blank label="The reference that they gave" />
      <Blank label="Parents told, or not, and why" />
      <Blank label="What I decided, if otherwise, and why" />
      <Blank label="Written into our own records on" />
      {toWriteDown.length > 0 && (
        <>
          <h3 class="govuk-heading-s">Write down in your own record, where it applies</h3>
          <ul class="fd-by-hand__boxes fd-by-hand__write">
            {toWriteDown.map((words) => (
              <Tick>{words}</Tick>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Numbers({ contacts, title }: { contacts: readonly Contact[]; title: string }) {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-s" id={id}>
        {title}
      </h2>
      <ul class="fd-by-hand__numbers">
        {contacts.map(({ name, phones, email, open, checkedOn, checked }) => (
          <li>
            <strong>{name}</strong>:{' '}
            {[...phones.map(describePhone), ...(email === undefined ? [] : [email])].join('; ') || 'no number is known'}
            {open !== undefined && `. ${describeOpeningHours(open)}`}
            {phones.length > 0 && checkedOn === undefined && checked === undefined && '. Not checked'}
          </li>
        ))}
      </ul>
    </section>
  );
}

function describePhone({ number, label }: Contact['phones'][number]): string {
  return label === undefined ? number : `${number} (${label})`;
}
