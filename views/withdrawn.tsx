import { paths } from '../server/paths.ts';
import { Layout } from './layout.tsx';
import { describeDay } from './parts/day.ts';
import type { Surroundings } from './surroundings.ts';

export interface WithdrawnPageProps {
  around: Surroundings;
  id: string;
  reference: string;
  why: string;
  /** A date such as 2026-11-22. */
  on: string;
  /** How many answers go along. */
  kept: number;
}

/** The guidance that this consultation began with may no longer be used. */
export function WithdrawnPage({ around, id, reference, why, on, kept }: WithdrawnPageProps) {
  return (
    <Layout around={around} title="The guidance has changed">
      <h1 class="fd-title" tabindex={-1}>
        The guidance has changed
      </h1>
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <p class="fd-changing">
        Since {describeDay(on)}: {why}
      </p>
      <p>
        {kept === 0 ? 'You go on with the new guidance.' : 'You go on with the new guidance. Your answers are kept.'} You are asked only what is new. What you were
        shown before stays in the record.
      </p>
      <form method="post" action={paths.moves(id)}>
        <input type="hidden" name="token" value={around.token} />
        <button type="submit" class="govuk-button">
          Go on with the new guidance
        </button>
      </form>
    </Layout>
  );
}
