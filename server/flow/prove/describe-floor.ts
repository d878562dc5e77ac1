/** Summarises for the terminal what was proved about the floor, over all doors together. */
import type { Floor } from '../check/floor.ts';
import type { LibraryArea } from '../check/library.ts';
import type { Proof } from './prove.ts';

export function describeFloorProof(floor: Floor, areas: readonly LibraryArea[], proofs: readonly Proof[]): string[] {
  const excluded = proofs.reduce((sum, proof) => sum + (proof.floor?.excluded ?? 0), 0);
  const exceptions = areas.flatMap(({ facts, floor: own }) =>
    (own?.exceptions ?? []).map((one) => ({ area: facts.id, ...one })),
  );
  const stricter = areas.flatMap(({ facts, floor: own }) =>
    (own?.stricter ?? []).map((one) => ({ area: facts.id, ...one })),
  );
  return [
    `the floor: ${floor.rules.length} rules over meanings, at ${proofs.length} doors of ${areas.length} areas; danger is asked first at each of them`,
    ...floor.rules.map((rule) => `  ${rule.id}: ${describeReach(rule.id, proofs)}. ${rule.says}`),
    `  out of doubt alone no professional's door calls out the police or gives the highest level, and doubt about harm never ends without a time`,
    `  a definite answer never gives less than "I don't know" to the same question; ${countReasons(proofs)} answers say why they may`,
    `  one result says one thing about ${floor.groups.map(({ id }) => id.replaceAll('_', ' ')).join(', ')}: ${excluded} pairs that could contradict each other never come out together`,
    `  ${exceptions.length === 0 ? 'no exceptions' : `${exceptions.length} exceptions:`}`,
    ...exceptions.map(
      ({ area, rule, doors, why, signedBy }) =>
        `    ${area}, ${doors.join(', ')}: ${rule}. ${why} Signed by: ${signedBy}`,
    ),
    `  ${stricter.length} steps of national flows at which an area is stricter${stricter.length === 0 ? '' : ':'}`,
    ...stricter.map(({ area, flow, step, words, why }) => `    ${area}, ${flow}, ${step}: ${words.join(', ')}. ${why}`),
  ];
}

function countReasons(proofs: readonly Proof[]): number {
  return new Set(proofs.flatMap(({ floor }) => floor?.definite.reasonsUsed ?? [])).size;
}

function describeReach(id: string, proofs: readonly Proof[]): string {
  const verdicts = proofs.flatMap(({ rules }) => rules.filter(({ rule }) => rule.isFloor && rule.id === id));
  const count = (result: string) => verdicts.filter((verdict) => verdict.result === result).length;
  const broken = count('broken') + count('not proved');
  return `holds at ${count('holds')} doors, speaks of nothing at ${count('vacuous')}${broken === 0 ? '' : `, BROKEN at ${broken}`}`;
}
