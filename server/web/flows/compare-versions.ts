/**
 * Compares a flow with another version of it. The work is limited and the result is cached for a while, because anybody
 * can ask for it.
 */
import { setImmediate } from 'node:timers/promises';
import type { Comparison } from '../../../views/flows/differences.tsx';
import { readConsultation } from '../../consultation/consultation.ts';
import {
  addCounts,
  countDifferences,
  type DifferenceCount,
  differingCases,
  NOTHING_COUNTED,
} from '../../flow/compare/compare.ts';
import { walkCases } from '../../flow/compare/worked-cases.ts';
import type { Flow } from '../../flow/flow.ts';
import { versionOf } from '../../flow/language/version.ts';
import type { Answers } from '../../flow/walk/answer.ts';
import { type Services, today } from '../kit/services.ts';

const MOST_CONSULTATIONS = 1000;
const KEPT_FOR = 5 * 60_000;
const MOST_KEPT = 20;
/** How many are walked before other requests get their turn. */
const AT_ONCE = 25;

/** Undefined if no such version of the flow is stored. */
export type Comparer = (flow: Flow, version: string) => Promise<Comparison | undefined>;

export function createComparer(services: Services): Comparer {
  const kept = new Map<string, { until: number; comparison: Promise<Comparison> }>();
  return async (flow, version) => {
    const other = await findOther(services, flow, version);
    if (other === undefined) return undefined;
    const key = `${versionOf(flow)} ${version}`;
    const known = kept.get(key);
    const now = services.clock().getTime();
    if (known !== undefined && known.until > now) return known.comparison;
    const comparison = compare(services, other, flow);
    kept.delete(key);
    kept.set(key, { until: now + KEPT_FOR, comparison });
    comparison.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return comparison;
  };
}

async function findOther({ store }: Services, flow: Flow, version: string): Promise<Flow | undefined> {
  if (!/^[0-9a-f]{16}$/.test(version)) return undefined;
  const other = version === versionOf(flow) ? flow : await store.versions.find(version);
  return other?.id === flow.id && other.area.id === flow.area.id ? other : undefined;
}

async function compare(services: Services, older: Flow, newer: Flow): Promise<Comparison> {
  const walked = walkCases(services.library, newer, today(services));
  const answered = await readAnswered(services, newer);
  const [was, is] = [versionOf(older), versionOf(newer)];
  return {
    version: was,
    cases: walked.length,
    differing: differingCases(older, newer, walked, today(services)),
    logged: [
      {
        words: 'Held in that version, and asked again in the one in use now',
        tally: await count(older, newer, answered.get(was)),
      },
      {
        words: 'Held in the version in use now, and asked again in that one',
        tally: await count(newer, older, answered.get(is)),
      },
    ],
    most: MOST_CONSULTATIONS,
  };
}

/**
 * Version → the answers of each consultation in it. For safeguarding leads, references of their own area would be added
 * here.
 */
async function readAnswered({ store }: Services, flow: Flow): Promise<Map<string, Answers[]>> {
  const found = new Map<string, Answers[]>();
  for (const { id, entries } of await store.review.answersOf(flow.area.id, flow.id, MOST_CONSULTATIONS)) {
    const { version, answers } = readConsultation(id, entries);
    found.set(version, [...(found.get(version) ?? []), answers]);
  }
  return found;
}

async function count(own: Flow, other: Flow, answerSets: Answers[] = []): Promise<DifferenceCount> {
  let tally = NOTHING_COUNTED;
  for (let from = 0; from < answerSets.length; from += AT_ONCE) {
    tally = addCounts(tally, countDifferences(own, other, answerSets.slice(from, from + AT_ONCE)));
    await setImmediate();
  }
  return tally;
}
