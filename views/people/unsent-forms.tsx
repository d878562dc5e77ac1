import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';

export interface UnsentFormsPageProps {
  page: PageContext;
  forms: { action: string; page: string; at: string; values: URLSearchParams }[];
}

/** Everything that was typed when the session had ended already, word for word. */
export function UnsentFormsPage({ page, forms }: UnsentFormsPageProps) {
  return (
    <Layout page={page} title="What you wrote">
      <h1 class="fd-title">What you wrote while you were signed out</h1>
      {forms.length === 0 && <p>Nothing is kept.</p>}
      {forms.map(({ action, page: formPage, at, values }, index) => (
        <Section id={`kept-${index + 1}`} title={`Sent on ${describeInstant(at)}, and not taken`}>
          <p>
            <a class="govuk-link" href={formPage}>
              Go to the page that it belongs to
            </a>
          </p>
          <dl class="fd-facts">
            {[...values].filter(isWritten).map(([name, value]) => (
              <>
                <dt>{name.replaceAll('_', ' ')}</dt>
                <dd>{value}</dd>
              </>
            ))}
          </dl>
          <form method="post" action={paths.keptForms()}>
            <input type="hidden" name="token" value={page.token} />
            <input type="hidden" name="action" value={action} />
            <button type="submit" class="govuk-button govuk-button--secondary">
              Throw it away<span class="govuk-visually-hidden"> ({index + 1})</span>
            </button>
          </form>
        </Section>
      ))}
      <p>It is thrown away by itself after twelve hours, and when you have sent it.</p>
    </Layout>
  );
}

function isWritten([name, value]: [string, string]): boolean {
  return name !== 'seen' && value.trim() !== '';
}
