import { paths } from '../../server/base/paths.ts';
import type { ExclusiveGroup, FloorException } from '../../server/flow/check/floor.ts';
import type { Stricter } from '../../server/flow/check/stricter.ts';
import type { FloorRuleInWords } from '../../server/flow/draw/floor-in-words.ts';
import { UnfoldAll } from '../kit/folded.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';

export interface FloorPageProps {
  page: PageContext;
  rules: FloorRuleInWords[];
  /** The texts of the meanings. */
  firstAsked: string[];
  heard: string[];
  groups: ExclusiveGroup[];
  exceptions: (Omit<FloorException, 'at'> & { area: string })[];
  /** `flow`: the flow's title. */
  stricter: (Stricter & { area: string })[];
  /** Shows everything unfolded. */
  open: boolean;
}

/** The rules for every door of every area, in words, for safeguarding leads. */
export function FloorPage(props: FloorPageProps) {
  const { page, rules, firstAsked, heard, groups, exceptions, stricter, open } = props;
  return (
    <Layout page={page} title="The floor of national rules">
      <h1 class="fd-title">The floor of national rules</h1>
      <p class="fd-lead">
        These rules hold at every door of every area, whatever way a reader takes. They speak of what answers mean, not
        of single questions. They are proved over every path before the service starts. An area can be stricter, and
        cannot switch one off.
      </p>
      <UnfoldAll address={paths.floor()} open={open} />
      <Section id="first" title="What is asked first">
        <p>Everybody is asked first: {firstAsked.join('; ')}.</p>
      </Section>
      <Section id="rules" title={`The ${rules.length} rules`}>
        {rules.map((rule) => (
          <RuleInWords rule={rule} open={open} />
        ))}
      </Section>
      <Section id="doubt" title="Doubt">
        <p>
          At a professional’s door doubt alone never calls out the police and never gives the highest level. Where
          danger is in doubt, the reader is asked what can be seen and heard.
        </p>
      </Section>
      <Section id="contradictions" title="What one result never says together">
        <ul class="fd-list">
          {groups.map(({ says, words }) => (
            <li>
              {says}: {words.join(', or ')}
            </li>
          ))}
        </ul>
      </Section>
      <Section id="heard" title="What every main door hears">
        <ul class="fd-list">
          {heard.map((meaning) => (
            <li>{meaning}</li>
          ))}
        </ul>
      </Section>
      <Section id="stricter" title="Where an area is stricter than the nation">
        <StricterSteps stricter={stricter} />
      </Section>
      <Section id="exceptions" title="Exceptions of an area">
        <Exceptions exceptions={exceptions} />
      </Section>
    </Layout>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: unknown }) {
  return (
    <section class="fd-section" aria-labelledby={`floor-${id}`}>
      <h2 class="govuk-heading-m" id={`floor-${id}`}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function RuleInWords({ rule, open }: { rule: FloorRuleInWords; open: boolean }) {
  const { says, readers, whenever, always, never, cite } = rule;
  return (
    <details class="fd-fold" open={open}>
      <summary class="fd-fold__summary">
        <h3 class="fd-fold__title">{says}</h3>
      </summary>
      <div class="fd-fold__body">
        <p>
          {readers === undefined ? 'For every reader' : `For ${readers}`}: whenever {whenever}.
        </p>
        {always.length > 0 && <p>Always: {always.join('; ')}.</p>}
        {never.length > 0 && <p>Never: {never.join('; ')}.</p>}
        <p class="fd-spoken__cite">[{cite.join(', ')}]</p>
      </div>
    </details>
  );
}

function StricterSteps({ stricter }: Pick<FloorPageProps, 'stricter'>) {
  if (stricter.length === 0) return <p>No area is.</p>;
  return (
    <ul class="fd-list">
      {stricter.map(({ area, flow, step, words, why, cite }) => (
        <li>
          {area}, “{flow}”, at “{step.replaceAll('_', ' ')}”: {words.join(', ')}. {why} [{cite.join(', ')}]
        </li>
      ))}
    </ul>
  );
}

function Exceptions({ exceptions }: Pick<FloorPageProps, 'exceptions'>) {
  if (exceptions.length === 0) return <p>No area has one.</p>;
  return (
    <ul class="fd-list">
      {exceptions.map(({ area, rule, doors, why, cite, signedBy }) => (
        <li>
          {area}, {doors.join(', ')}: the rule “{rule.replaceAll('_', ' ')}”. {why} [{cite.join(', ')}] Signed by{' '}
          {signedBy}.
        </li>
      ))}
    </ul>
  );
}
