import { raw } from 'hono/html';
import { paths } from '../server/paths.ts';
import type { Citation } from '../server/consultation/citation.ts';
import type { Step } from '../server/flow/flow.ts';
import type { Taken } from '../server/flow/walk.ts';
import { Layout } from './layout.tsx';
import { Citations } from './parts/citation.tsx';
import type { Surroundings } from './surroundings.ts';

export interface MapStep {
  kind: Step['kind'];
  taken: Taken;
  /** What the step says or asks. */
  text: string;
  /** Title of the flow that it stands in. */
  part: string;
  answer?: string[];
  citations: Citation[];
}

export interface MapPageProps {
  around: Surroundings;
  id: string;
  reference: string;
  /** Drawn by the server, and trusted: SVG without style attributes. */
  drawing?: string;
  steps: MapStep[];
}

const TAKEN: Record<Taken, string> = {
  taken: 'Taken',
  skipped: 'Not needed',
  known: 'Known already',
  'jumped over': 'Passed over',
  here: 'You are here',
};

const KIND: Record<Step['kind'], string> = { say: 'Said', ask: 'Asked', advise: 'Advised', call: 'Went into', end: 'End' };

/** The way through the guidance, drawn; below it the same in words. */
export function MapPage({ around, id, reference, drawing, steps }: MapPageProps) {
  return (
    <Layout around={around} title="The way you took" wide>
      <a class="govuk-link fd-back" href={paths.consultation(id)}>
        Back
      </a>
      <h1 class="fd-title">The way you took</h1>
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      {drawing !== undefined && (
        <figure class="fd-drawing">
          <div class="fd-drawing__scroll" tabindex={0} role="group" aria-label="Drawing of the way you took. The same stands below in words.">
            {raw(drawing)}
          </div>
          <figcaption>The steps that you took stand out. All of it stands below in words.</figcaption>
        </figure>
      )}
      <h2 class="govuk-heading-m">Step by step, in words</h2>
      <ol class="fd-path">
        {steps.map((step) => (
          <PathLine step={step} />
        ))}
      </ol>
    </Layout>
  );
}

function PathLine({ step: { kind, taken, text, answer, citations } }: { step: MapStep }) {
  const used = taken === 'taken' || taken === 'here' || taken === 'known';
  return (
    <li class={used ? 'fd-path__step fd-path__step--taken' : 'fd-path__step'}>
      <p class="fd-path__kind">
        {KIND[kind]}. {TAKEN[taken]}
      </p>
      <p class="fd-path__text">{text}</p>
      {answer !== undefined && <p class="fd-path__answer">You answered: {answer.join('; ')}</p>}
      {used && citations.length > 0 && <Citations citations={citations} />}
    </li>
  );
}
