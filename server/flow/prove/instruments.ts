/** The safety rules of instruments, tried on every score that the answers can add up to (BC app2, BC 6). */
import { fieldsOfInstrument, type Instrument, type InstrumentAnswers } from '../instruments/instrument.ts';
import {
  describeScore,
  findBand,
  JUDGEMENT,
  possibleTotals,
  readScore,
  referralsOf,
  scoresOf,
} from '../instruments/score.ts';
import type { Problem } from '../problem.ts';

export interface InstrumentProof {
  instrument: Instrument;
  totals: number[];
  /**
   * How many children who must be referred were tried: each age under the limit, with each answer that counts, at each
   * total.
   */
  referrals: number;
  faults: string[];
}

export function proveInstrument(instrument: Instrument): InstrumentProof {
  const totals = instrument.score === undefined ? [] : possibleTotals(instrument);
  const faults = totals.flatMap((total) => faultsAt(instrument, total));
  const { tried, lost } = proveReferrals(instrument, totals);
  return { instrument, totals, referrals: tried, faults: [...faults, ...lost] };
}

function faultsAt(instrument: Instrument, total: number): string[] {
  const { score } = instrument;
  const answers = answersFor(instrument, total);
  const read = readScore(instrument, answers);
  if (score === undefined || read === undefined) return [];
  const bands = score.bands.filter(({ from, to }) => total >= from && total <= to);
  const shown = describeScore(read);
  return [
    ...(read.total === total ? [] : [`the total ${total} is added up to ${read.total}`]),
    ...(bands.length === 1 && findBand(score, total) === bands[0]
      ? []
      : [`the total ${total} is in ${bands.length} bands`]),
    ...(read.band?.next.length === 0 ? [`nothing follows from the total ${total}`] : []),
    ...(shown.includes(JUDGEMENT) ? [] : [`the total ${total} is shown without “${JUDGEMENT}”`]),
  ];
}

/** Answers that add up to the total: each part is as high as the rest allows. */
export function answersFor(instrument: Instrument, total: number): Record<string, string> {
  const fields = new Map(fieldsOfInstrument(instrument).map((field) => [field.id, field]));
  const parts = (instrument.score?.adds ?? []).map((id) => ({ id, scores: scoresOf(fields.get(id)) }));
  let left = total - parts.reduce((sum, { scores }) => sum + Math.min(...scores), 0);
  const answers: Record<string, string> = {};
  for (const { id, scores } of parts) {
    const least = Math.min(...scores);
    const score = Math.max(...scores.filter((one) => one - least <= left));
    answers[id] = String(score);
    left -= score - least;
  }
  return answers;
}

/** A child under the age limit, or of unknown age, with an answer that counts, is referred whatever the total. */
function proveReferrals(instrument: Instrument, totals: readonly number[]): { tried: number; lost: string[] } {
  let tried = 0;
  const lost: string[] = [];
  for (const rule of instrument.refer)
    for (const [field, value] of Object.entries(rule.anyOf).flatMap(([id, values]) =>
      values.map((one) => [id, one] as const),
    ))
      for (const age of ['', ...Array.from({ length: rule.under }, (_, years) => String(years))])
        for (const total of totals.length === 0 ? [0] : totals) {
          const answers: InstrumentAnswers = {
            ...answersFor(instrument, total),
            [rule.age]: age,
            ...(isScale(instrument, field) ? { [field]: value } : { [`${field}.${value}`]: 'yes' }),
          };
          tried += 1;
          if (!referralsOf(instrument, answers).includes(rule) || rule.next.length === 0)
            lost.push(`a child of age “${age}” with ${field} ${value} and the total ${total} is not referred`);
        }
  return { tried, lost };
}

function isScale(instrument: Instrument, field: string): boolean {
  return fieldsOfInstrument(instrument).find(({ id }) => id === field)?.type === 'scale';
}

export function describeInstrumentProof({ instrument, totals, referrals, faults }: InstrumentProof): string {
  const name = `${instrument.area.id}/${instrument.id}`;
  const [lowest, highest] = [totals[0], totals.at(-1)];
  const scores =
    lowest === undefined
      ? 'no score'
      : `${totals.length} totals from ${lowest} to ${highest}, each in one band, none without what follows`;
  const said = `${name}: ${scores}; referred whatever the total in ${referrals} of ${referrals} tries`;
  return faults.length === 0
    ? said
    : [`${name}: NOT SAFE`, ...faults.slice(0, 10).map((fault) => `  ${fault}`)].join('\n');
}

/** Faults as problems that stop the server. */
export function instrumentProblems(instruments: Iterable<Instrument>): Problem[] {
  return [...instruments]
    .map(proveInstrument)
    .filter(({ faults }) => faults.length > 0)
    .map((proof) => ({
      file: `flows/${proof.instrument.area.id}/instruments/${proof.instrument.id}.yaml`,
      line: 1,
      column: 1,
      message: describeInstrumentProof(proof),
      kind: 'error' as const,
    }));
}
