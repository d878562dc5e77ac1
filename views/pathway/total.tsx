import type { ReferralRule } from '../../server/flow/instruments/instrument.ts';
import { describeBandRange, describeScore, type Score } from '../../server/flow/instruments/score.ts';

interface TotalProps {
  /** Undefined if the instrument has no score. */
  score: Score | undefined;
  referrals: readonly ReferralRule[];
}

/**
 * The sums so far, always with the sentence that says what they are not, and the referrals that apply whatever they
 * are.
 */
export function TotalSoFar({ score, referrals }: TotalProps) {
  return (
    <>
      {referrals.map(({ says }) => (
        <p>
          <strong>{says}</strong>
        </p>
      ))}
      {score !== undefined && (
        <>
          {describeScore(score).map((line) => (
            <p>{line}</p>
          ))}
          {score.band !== undefined && <p>{score.band.says}</p>}
        </>
      )}
    </>
  );
}

/** A band in its colour, with its name and numbers. */
export function BandName({ band }: { band: Parameters<typeof describeBandRange>[0] }) {
  return <span class={`fd-band fd-band--${band.colour}`}>{describeBandRange(band)}</span>;
}
