import { describeDay } from '../../server/base/days.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { describeAge } from '../kit/citation.tsx';
import { Folded } from '../kit/folded.tsx';
import { addressOfFlow } from './flow-drawing.tsx';
import { count } from './flow-size-words.ts';

import { CiteLine, caseName } from './plain-words.tsx';

export interface ShownWorkedCase {
  id: string;
  story: string;
  end: string;
  level?: string;
  questions: number;
}

/** A safety rule: what must always, or must never, come out. */
export interface ShownRule {
  says: string;
  cite: string[];
}

interface Foldable {
  open?: boolean;
}

export function Rules({ rules, flow, open }: { rules: ShownRule[]; flow: Flow } & Foldable) {
  return (
    <Folded id="rules" title="Safety rules" heading="h2" holds={count(rules.length, 'rule')} open={open}>
      <p>
        {rules.length === 0
          ? 'No safety rule speaks of this flow yet.'
          : 'Held against every possible way through this flow:'}
      </p>
      <ul class="fd-list">
        {rules.map(({ says, cite }) => (
          <li>
            {says}
            <CiteLine cite={cite} sources={flow.sources} />
          </li>
        ))}
      </ul>
    </Folded>
  );
}

/** Grouped by what has to come out, the largest group first. */
export function Cases({ cases, flow, open }: { cases: ShownWorkedCase[]; flow: Flow } & Foldable) {
  const byEnd = new Map<string, ShownWorkedCase[]>();
  for (const one of cases) byEnd.set(one.end, [...(byEnd.get(one.end) ?? []), one]);
  const groups = [...byEnd].sort(([, one], [, other]) => other.length - one.length);
  return (
    <Folded id="cases" title="Worked cases" heading="h2" holds={count(cases.length, 'case')} open={open}>
      <p>
        {cases.length === 0
          ? 'No worked case goes through this flow yet.'
          : 'Invented stories with the outcome that has to come out of each. They are checked at every change.'}
      </p>
      {groups.map(([end, those], index) => (
        <Folded id={`cases-${index + 1}`} title={end} heading="h3" holds={count(those.length, 'case')} open={open}>
          <ul class="fd-cases">
            {those.map((one) => (
              <CaseLine shown={one} flow={flow} />
            ))}
          </ul>
        </Folded>
      ))}
    </Folded>
  );
}

function CaseLine({ shown: { id, story, end, level, questions }, flow }: { shown: ShownWorkedCase; flow: Flow }) {
  return (
    <li id={`case-${id}`}>
      <p class="fd-cases__story">{story}</p>
      <p>
        {count(questions, 'question')}, then: <strong>{end}</strong>
        {level !== undefined && `. ${level}`}
      </p>
      <p class="fd-spoken__cite">
        Case “{caseName(id)}”.{' '}
        <a class="govuk-link fd-no-print" href={addressOfFlow(flow, { case: id })}>
          Show its way in the drawing
          <span class="govuk-visually-hidden">: {caseName(id)}</span>
        </a>
      </p>
    </li>
  );
}

export function Documents({ sources, open }: Pick<Flow, 'sources'> & Foldable) {
  const all = Object.values(sources);
  return (
    <Folded id="documents" title="Documents" heading="h2" holds={count(all.length, 'document')} open={open}>
      <ul class="fd-citations">
        {all.map((source) => (
          <li id={`source-${source.id}`}>
            <strong>{source.id}</strong>: <cite>{source.title}</cite>, {source.publisher},{' '}
            {describeAge(source.published)}
            {source.reviewDue !== undefined && `, review due ${describeDay(source.reviewDue)}`}.
            {source.replacedBy !== undefined && ` A newer one stands: ${source.replacedBy}.`}
            {source.checked !== undefined && ` How far it is checked: ${source.checked}`}
            {source.note !== undefined && ` ${source.note}`}
          </li>
        ))}
      </ul>
    </Folded>
  );
}
