/** Sums and bands of an instrument. Pure; `npm run prove` tries every score. */
import { YES } from './inputs.ts';
import {
  type Band,
  fieldsOfInstrument,
  type Instrument,
  type InstrumentAnswers,
  type InstrumentField,
  type ReferralRule,
  type ScoreRule,
} from './instrument.ts';

/**
 * Shown beside every total, subtotal and band, wherever they appear (BC app2, "Guidance notes"; BC 6). Scores are only
 * ever shown through `describeScore`.
 */
export const JUDGEMENT =
  'Indicators prompt judgement and do not replace it. A lower score does not mean that nothing needs to be done.';

export interface Sum {
  title: string;
  /** Sum of the answers so far. */
  sum: number;
  /** How many parts are not answered yet. */
  open: number;
}

export interface Score {
  subtotals: Sum[];
  overall: Sum;
  /** Undefined until every part that counts is answered. */
  total?: number;
  band?: Band;
}

/** Undefined for an instrument without a score. */
export function readScore({ score }: Pick<Instrument, 'score'>, answers: InstrumentAnswers): Score | undefined {
  if (score === undefined) return undefined;
  const overall = addUp(score.title, score.adds, answers);
  const subtotals = score.subtotals.map(({ title, of }) => addUp(title, of, answers));
  if (overall.open > 0) return { subtotals, overall };
  const band = findBand(score, overall.sum);
  return { subtotals, overall, total: overall.sum, ...(band !== undefined && { band }) };
}

function addUp(title: string, of: readonly string[], answers: InstrumentAnswers): Sum {
  const given = of.map((id) => answers[id] ?? '').filter((value) => /^\d{1,4}$/.test(value));
  return { title, sum: given.reduce((sum, value) => sum + Number(value), 0), open: of.length - given.length };
}

export function findBand({ bands }: Pick<ScoreRule, 'bands'>, total: number): Band | undefined {
  return bands.find(({ from, to }) => total >= from && total <= to);
}

/**
 * The rules by which this child is referred whatever the total. An age that is not filled in counts as under the limit.
 */
export function referralsOf({ refer }: Pick<Instrument, 'refer'>, answers: InstrumentAnswers): ReferralRule[] {
  return refer.filter(({ under, age, anyOf }) => {
    const years = answers[age] ?? '';
    const isUnder = !/^\d{1,3}$/.test(years) || Number(years) < under;
    return isUnder && Object.entries(anyOf).some(([field, values]) => isAnswered(answers, field, values));
  });
}

/** Compares a scale by its score, and ticks by their ids. */
function isAnswered(answers: InstrumentAnswers, field: string, values: readonly string[]): boolean {
  return values.some((value) => answers[field] === value || answers[`${field}.${value}`] === YES);
}

/** The score in words, always with the sentence that says what it is not. */
export function describeScore({ subtotals, overall, total, band }: Score): string[] {
  const sums = [...subtotals, overall].map(({ title, sum, open }) =>
    open === 0 ? `${title}: ${sum}` : `${title}: ${sum} so far, ${open} still open`,
  );
  return [...sums, ...(band === undefined || total === undefined ? [] : [describeBand(band, total)]), JUDGEMENT];
}

/** A band with its name and its numbers, because colour alone is not enough. */
export function describeBandRange({ name, from, to, colour }: Pick<Band, 'name' | 'from' | 'to' | 'colour'>): string {
  return `${name} risk: ${from} to ${to}, ${colour}`;
}

export function describeBand(
  { name, from, to, colour }: Pick<Band, 'name' | 'from' | 'to' | 'colour'>,
  total: number,
): string {
  return `${name} risk (${total}; ${from} to ${to}, ${colour})`;
}

/** All totals that the answers can add up to, in order. */
export function possibleTotals(instrument: Instrument): number[] {
  const fields = new Map(fieldsOfInstrument(instrument).map((field) => [field.id, field]));
  let totals = new Set([0]);
  for (const id of instrument.score?.adds ?? []) {
    const scores = scoresOf(fields.get(id));
    totals = new Set([...totals].flatMap((total) => scores.map((score) => total + score)));
  }
  return [...totals].sort((a, b) => a - b);
}

export function scoresOf(field: InstrumentField | undefined): number[] {
  if (field?.type === 'scale') return field.steps.map(({ score }) => score);
  if (field?.type !== 'number' || field.from === undefined || field.to === undefined) return [];
  const { from, to } = field;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
