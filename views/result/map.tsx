import { paths } from '../../server/base/paths.ts';
import type { PathMapStep } from '../../server/flow/draw/draw-path.ts';
import type { PathMap } from '../../server/flow/draw/map.ts';
import { Details } from '../kit/details.tsx';
import { Drawing } from '../kit/drawing.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';

export interface MapPageProps {
  page: PageContext;
  id: string;
  reference: string;
  map: PathMap;
}

/** The path through the guidance, drawn, with the same in words beside it. */
export function MapPage({ page, id, reference, map }: MapPageProps) {
  const taken = map.steps.filter(isTaken);
  const passed = map.steps.filter((step) => !isTaken(step));
  return (
    <Layout page={page} title="The way you took" wide>
      <a class="govuk-link fd-back" href={map.open ? paths.consultation(id) : paths.result(id)}>
        {map.open ? 'Back to the question' : 'Back to what to do'}
      </a>
      <h1 class="fd-title">The way you took</h1>
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>. {map.title}
      </p>
      <div class="fd-path">
        <section class="fd-way__words" aria-labelledby="words">
          <h2 class="govuk-heading-m" id="words">
            Step by step, in words
          </h2>
          <ol class="fd-way__steps">
            {taken.map((step) => (
              <TakenStep step={step} />
            ))}
          </ol>
          {passed.length > 0 && <Passed steps={passed} />}
        </section>
        <section class="fd-way__map" aria-labelledby="drawn">
          <h2 class="govuk-heading-m" id="drawn">
            The same, drawn
          </h2>
          <p class="fd-map-key">
            A thick line, a tick and the word “taken” mark your way. Small rings are steps that did not apply to you.
          </p>
          <section class="fd-scroll" tabindex={0} aria-label="The way you took, drawn. It can be scrolled.">
            <Drawing
              slices={map.drawing}
              id="way"
              title="The way you took"
              description={describeMap(map, taken.length)}
            />
          </section>
        </section>
      </div>
    </Layout>
  );
}

function isTaken({ taken }: PathMapStep): boolean {
  return taken !== 'skipped' && taken !== 'jumped over';
}

function describeMap({ steps, open }: PathMap, taken: number): string {
  const last = steps.at(-1);
  const end = open ? 'It waits at the question' : 'It ended with';
  return `A ladder of ${steps.length} steps, read downwards. ${taken} were taken. ${end}: ${last?.text ?? ''}. The list in words says the same.`;
}

const KINDS: Record<PathMapStep['kind'], string> = {
  say: 'Said',
  ask: 'Asked',
  advise: 'Advised',
  call: 'On to',
  end: 'End',
};

function TakenStep({ step }: { step: PathMapStep }) {
  const { kind, taken, text, within, answer } = step;
  return (
    <li class={`fd-way__step fd-way__step--${kind}`}>
      <p class="fd-way__kind">
        {KINDS[kind]}
        {taken === 'here' && ', and open: you are here'}
        {taken === 'known' && ' before: you had told us'}
      </p>
      <p class="fd-way__text">{text}</p>
      {within !== undefined && <p>{within === 'no set time' ? 'No set time.' : `Within: ${within}.`}</p>}
      {answer !== undefined && (
        <p class="fd-way__answer">
          Your answer: <strong>{answer.join('; ')}</strong>
        </p>
      )}
    </li>
  );
}

/** Steps that did not apply to this child, and what each would have required. */
function Passed({ steps }: { steps: PathMapStep[] }) {
  return (
    <Details summary={steps.length === 1 ? '1 step did not apply' : `${steps.length} steps did not apply`}>
      <ul class="fd-way__passed">
        {steps.map(({ kind, taken, text, when }) => (
          <li>
            <p>
              {KINDS[kind]}: {text}
            </p>
            <p class="fd-way__when">
              {taken === 'jumped over'
                ? 'Passed over, because you answered that you do not know.'
                : `Only if ${when.join(', and ')}.`}
            </p>
          </li>
        ))}
      </ul>
    </Details>
  );
}
