/** Proves every flow that readers can open. */

import type { Library, LibraryArea, ReadLibrary } from '../check/library.ts';
import { problemAtStep } from '../check/place.ts';
import { rulesFor } from '../check/rules-for.ts';
import type { Rule } from '../check/safety.ts';
import type { Flow } from '../flow.ts';
import type { Problem } from '../problem.ts';
import { readCase } from '../walk/written-answers.ts';
import { describeProof } from './describe.ts';
import { isProved, type Proof, prove } from './prove.ts';
import { findDead } from './together.ts';

/** `today` is an ISO date, for reading the answers of cases. */
export function proveAll(library: Library, today: string): Proof[] {
  return [...library.areas.values()].flatMap((area) =>
    [...area.flows.values()].map((flow) => proveOne(library, area, flow, today)),
  );
}

export function proveOne(library: Library, area: LibraryArea, flow: Flow, today: string): Proof {
  const own = [...area.cases.values()].filter((one) => one.flow === flow.id);
  const answers = own.map((one) => readCase(flow, one.answers, today).answers);
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

/**
 * Steps that nobody reaches, conditions that decide nothing and jumps that are never made, with their positions in the
 * files.
 */
export function deadSteps(library: ReadLibrary, proofs: readonly Proof[]): Problem[] {
  return findDead(proofs).flatMap((dead) => problemAtStep(library, dead, dead.message, dead.kind) ?? []);
}

/**
 * The problems, with their likely causes first. If only worked cases fail, the flows can be walked, and a step that can
 * no longer be reached may be the cause.
 */
export function withCauses(library: ReadLibrary, problems: readonly Problem[], today: string): Problem[] {
  const errors = problems.filter(({ kind }) => kind === 'error');
  if (errors.length === 0 || errors.some(({ cause }) => cause !== 'case')) return [...problems];
  return [...deadSteps(library, proveAll(library, today)), ...problems];
}
