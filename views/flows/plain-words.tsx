import type { Rung } from '../../server/flow/draw/draw.ts';
import type { LadderInWords, StepInWords } from '../../server/flow/draw/plain-words.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { QuestionInWords } from './question-in-words.tsx';

type Sources = Flow['sources'];

interface StepContext {
  sources: Sources;
  /** `part/step` → ids of the worked cases that take the step. */
  cases: ReadonlyMap<string, string[]>;
  open: boolean;
}

/**
 * One ladder in words. For each step: what it says and where it leads. Folded below: everything that the drawing shows
 * and more, also for screen readers.
 */
export function LadderText({ ladder, ...context }: { ladder: LadderInWords } & StepContext) {
  return (
    <div class="fd-spoken">
      <h4 class="govuk-visually-hidden" id={`words-${ladder.part}`}>
        In words
      </h4>
      <ol class="fd-spoken__steps">
        {ladder.steps.map((step) => (
          <li class={`fd-spoken__step fd-spoken__step--${step.rung.kind}`}>
            <details open={context.open}>
              <StepSummary rung={step.rung} text={step.text} />
              <StepText step={step} {...context} />
            </details>
          </li>
        ))}
      </ol>
    </div>
  );
}

const KINDS = { say: 'Said', ask: 'Question', advise: 'Advice', call: 'Another ladder', end: 'The end' } as const;

function StepSummary({ rung, text }: Pick<StepInWords, 'rung' | 'text'>) {
  const leads = leadsOf(rung);
  return (
    <summary class="fd-spoken__summary">
      <h5 class="fd-spoken__title">
        <span class="fd-spoken__name">
          {rung.name} · {KINDS[rung.kind]}
        </span>{' '}
        <span class="fd-spoken__text">{text}</span>
      </h5>
      {leads.length > 0 && <span class="fd-spoken__leads">{leads.join(' ')}</span>}
    </summary>
  );
}

/** Where a step leads, in a few words. Empty if the next step follows. */
function leadsOf({ kind, when, doubt, opens, leaves, within }: Rung): string[] {
  return [
    when.length > 0 && (kind === 'ask' ? 'Not always asked.' : 'On a condition.'),
    doubt !== undefined && `“${doubt.label}” leads to ${doubt.name}.`,
    opens !== undefined && `Opens ladder ${opens.letter}.`,
    leaves === 'return' && 'Then back to the ladder before.',
    leaves === 'end' && `Ends here. ${within === 'no set time' ? 'No set time.' : `Within: ${within}.`}`,
  ].filter((words) => words !== false);
}

function StepText({ step, sources, cases }: { step: StepInWords } & Omit<StepContext, 'open'>) {
  const { id, rung, when, more, question, marks, contacts, cite, law } = step;
  return (
    <div class="fd-spoken__all fd-fold__target" id={id}>
      <Lines words="Only if" lines={when} />
      {law !== undefined && <p>Since the law “{law}” is in force.</p>}
      {more !== undefined && <p>{more}</p>}
      {question !== undefined && <QuestionInWords question={question} />}
      <Lines words="Sets" lines={marks} />
      {contacts.length > 0 && <p>Contacts: {contacts.join('; ')}</p>}
      {rung.opens !== undefined && (
        <p>
          Go to{' '}
          <a class="govuk-link" href={`#words-${rung.opens.part}`}>
            ladder {rung.opens.letter}
          </a>
          , then come back here.
        </p>
      )}
      <CiteLine cite={cite} sources={sources} />
      <CaseLine ids={cases.get(`${rung.part}/${rung.step}`) ?? []} />
    </div>
  );
}

function Lines({ words, lines }: { words: 'Only if' | 'Sets'; lines: string[] }) {
  const look = words === 'Only if' ? 'fd-spoken__when' : 'fd-spoken__sets';
  if (lines.length === 0) return null;
  if (lines.length === 1)
    return (
      <p class={look}>
        {words}: {lines[0]}
      </p>
    );
  return (
    <div class={look}>
      <p>{words}:</p>
      <ul>
        {lines.map((line, index) => (
          <li>
            {line}
            {words === 'Only if' && index < lines.length - 1 && ', and'}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function CiteLine({ cite, sources }: { cite: string[]; sources: Sources }) {
  if (cite.length === 0) return null;
  return (
    <p class="fd-spoken__cite">
      Source:{' '}
      {cite.map((short, index) => {
        const [id = '', ...rest] = short.split(' ');
        const paragraph = rest.join(' ');
        const title = sources[id]?.paragraphs[paragraph];
        return (
          <>
            {index > 0 && '; '}
            {sources[id] === undefined ? (
              short
            ) : (
              <a class="govuk-link" href={`#source-${id}`}>
                {short}
              </a>
            )}
            {title !== undefined && title !== '' && ` (${title})`}
          </>
        );
      })}
    </p>
  );
}

const MOST_NAMED = 4;

function CaseLine({ ids }: { ids: string[] }) {
  if (ids.length === 0) return <p class="fd-spoken__cite">No worked case goes this way.</p>;
  return (
    <p class="fd-spoken__cite">
      {ids.length === 1
        ? 'In 1 worked case: '
        : `In ${ids.length} worked cases${ids.length > MOST_NAMED ? ', such as ' : ': '}`}
      {ids.slice(0, MOST_NAMED).map((id, index) => (
        <>
          {index > 0 && ', '}
          <a class="govuk-link" href={`#case-${id}`}>
            {caseName(id)}
          </a>
        </>
      ))}
    </p>
  );
}

export function caseName(id: string): string {
  return id.replaceAll('_', ' ');
}
