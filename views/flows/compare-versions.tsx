import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { type Comparison, Differences } from './differences.tsx';

export interface FlowComparePageProps {
  page: PageContext;
  flow: Flow;
  version: string;
  /** Versions that were used in consultations, the newest first. */
  kept: { version: string; firstUsedAt: string }[];
  /** The version requested; empty if the reader has not chosen one yet. */
  asked: string;
  comparison?: Comparison;
}

/** Compares two versions of a flow and shows what would come out differently. The page is public, so consultations are only counted. */
export function FlowComparePage({ page, flow, version, kept, asked, comparison }: FlowComparePageProps) {
  return (
    <Layout page={page} title={`Compare versions: ${flow.title}`} wide>
      <a class="govuk-link fd-back" href={paths.flow(flow.area.id, flow.id)}>
        {flow.title}
      </a>
      <h1 class="fd-title">Compare two versions</h1>
      <p class="fd-lead">
        {flow.area.name}. In use now: version <code>{version}</code>.
      </p>
      <Versions flow={flow} version={version} kept={kept} asked={asked} />
      {asked !== '' && comparison === undefined && (
        <p role="status">No version {asked} of this flow is kept here. Choose one of those below.</p>
      )}
      {comparison !== undefined && <Differences comparison={comparison} />}
    </Layout>
  );
}

function Versions({ flow, version, kept, asked }: Pick<FlowComparePageProps, 'flow' | 'version' | 'kept' | 'asked'>) {
  const others = kept.filter((item) => item.version !== version);
  return (
    <section aria-labelledby="versions">
      <h2 class="govuk-heading-m" id="versions">
        Compare it with
      </h2>
      {others.length === 0 && (
        <p>No consultation was held in any other version yet, so there is none to compare with.</p>
      )}
      <ul class="fd-list">
        {others.map((item) => (
          <li>
            <a
              class="govuk-link"
              href={`${paths.flowCompare(flow.area.id, flow.id)}?with=${item.version}`}
              aria-current={item.version === asked ? 'true' : undefined}
            >
              Version <code>{item.version}</code>
            </a>
            , first used on {describeInstant(item.firstUsedAt)}
          </li>
        ))}
      </ul>
    </section>
  );
}
