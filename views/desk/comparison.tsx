import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Compared, Comparison } from '../../server/desk/comparison.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { DeskNav } from './desk-nav.tsx';

export interface ComparisonPageProps {
  page: PageContext;
  id: string;
  reference: string;
  at: string;
  news: string;
  comparison: Comparison;
}

/** Before and after the new information, side by side. */
export function ComparisonPage({ page, id, reference, at, news, comparison }: ComparisonPageProps) {
  return (
    <Layout page={page} title="Before and after" wide>
      <DeskNav page={page} />
      <a class="govuk-link fd-back" href={paths.deskRecord(id)}>
        Back to the record
      </a>
      <h1 class="fd-title">Before and after, {reference}</h1>
      <p class="fd-entry">
        New, {describeInstant(at)}: {news}
      </p>
      <Compare id="results" title="Result" lines={comparison.results} />
      <Compare id="answers" title="Answers" lines={comparison.answers} />
    </Layout>
  );
}

function Compare({ id, title, lines }: { id: string; title: string; lines: Compared[] }) {
  return (
    <Section id={id} title={title}>
      <section class="fd-scroll" tabindex={0} aria-label={`${title} before and after. It can be scrolled.`}>
        <table class="fd-table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Changed?</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, before, after, changed }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{before}</td>
                <td>{changed ? <strong>{after}</strong> : after}</td>
                <td>{changed ? 'Changed' : 'The same'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}
