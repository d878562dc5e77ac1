import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { describeAge } from '../kit/citation.tsx';
import { count } from './flow-size-words.ts';
import { CiteLine, caseName } from './plain-words.tsx';

export interface ShownCase {
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

export function Rules({ rules, flow }: { rules: ShownRule[]; flow: Flow }) {
  return (
    <section class="fd-section" aria-labelledby="rules">
      <h2 class="govuk-heading-m" id="rules">
        Safety rules
      </h2>
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
    </section>
  );
}

export function Cases({ cases, flow }: { cases: ShownCase[]; flow: Flow }) {
  return (
    <section class="fd-section" aria-labelledby="cases">
      <h2 class="govuk-heading-m" id="cases">
        Worked cases
      </h2>
      <p>
        {cases.length === 0
          ? 'No worked case goes through this flow yet.'
          : 'Invented stories with the outcome that has to come out of each. They are checked at every change.'}
      </p>
      <ul class="fd-cases">
        {cases.map(({ id, story, end, level, questions }) => (
          <li id={`case-${id}`}>
            <p class="fd-cases__story">{story}</p>
            <p>
              {count(questions, 'question')}, then: <strong>{end}</strong>
              {level !== undefined && `. ${level}`}
            </p>
            <p class="fd-spoken__cite">
              Case “{caseName(id)}”.{' '}
              <a class="govuk-link fd-no-print" href={`${paths.flow(flow.area.id, flow.id)}?case=${id}#drawn`}>
                Show its way in the drawing
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Documents({ sources }: Pick<Flow, 'sources'>) {
  return (
    <section class="fd-section" aria-labelledby="documents">
      <h2 class="govuk-heading-m" id="documents">
        Documents
      </h2>
      <ul class="fd-citations">
        {Object.values(sources).map((source) => (
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
    </section>
  );
}
