/** Proves every flow that readers can open. */

import { type Library, type LibraryArea, rulesFor } from '../check/library.ts';
import type { Rule } from '../check/safety.ts';
import type { Flow } from '../flow.ts';
import type { Problem } from '../problem.ts';
import { readAnswers } from '../walk/written-answers.ts';
import { describeProof } from './describe.ts';
import { isProved, type Proof, prove } from './prove.ts';

/** `today` is an ISO date, for reading the answers of cases. */
export function proveAll(library: Library, today: string): Proof[] {
  return [...library.areas.values()].flatMap((area) =>
    [...area.flows.values()].map((flow) => proveOne(library, area, flow, today)),
  );
}

export function proveOne(library: Library, area: LibraryArea, flow: Flow, today: string): Proof {
  const own = [...area.cases.values()].filter((one) => one.flow === flow.id);
  const answers = own.map((one) => readAnswers(flow, one.answers, today).answers);
  const rules = [...rulesFor(library, area, flow), ...floorRulesFor(area, flow)];
  return prove(flow, rules, { cases: answers, ...(area.floor !== undefined && { floor: area.floor }) });
}

/** The floor rules for which the area has no exception at this door. */
function floorRulesFor({ floor }: LibraryArea, flow: Flow): Rule[] {
  return (floor?.rules ?? []).filter(
    ({ id }) => !floor?.exceptions.some(({ rule, doors }) => rule === id && doors.includes(flow.id)),
  );
}

/** The failed proofs as problems that stop the server, each with the path that breaks the rule, in words. */
export function proofProblems(proofs: readonly Proof[]): Problem[] {
  return proofs
    .filter((proof) => !isProved(proof))
    .map((proof) => {
      const broken = proof.rules.find(({ result }) => result === 'broken' || result === 'not proved');
      const at = broken?.rule.at ?? { file: `flows/${proof.flow.area.id}/${proof.flow.id}.yaml`, line: 1, column: 1 };
      return { ...at, message: describeProof(proof), kind: 'error' as const };
    });
}
