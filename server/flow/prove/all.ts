/** The proof of everything that readers can open. */

import type { Library, LibraryArea } from '../check/library.ts';
import { withOwnContacts } from '../check/safety.ts';
import type { Flow } from '../flow.ts';
import type { Problem } from '../problem.ts';
import { readAnswers } from '../walk/written-answers.ts';
import { NATIONAL } from '../words.ts';
import { describeProof } from './describe.ts';
import { isProved, type Proof, prove } from './prove.ts';

/** `today`: a date such as 2026-11-22, for the answers of cases. */
export function proveAll(library: Library, today: string): Proof[] {
  return [...library.areas.values()].flatMap((area) =>
    [...area.flows.values()].map((flow) => proveOne(library, area, flow, today)),
  );
}

/** A national rule holds in an area too if it names the flow. */
export function proveOne(library: Library, area: LibraryArea, flow: Flow, today: string): Proof {
  const national = library.areas.get(NATIONAL);
  const rules = area === national ? [] : (national?.rules ?? []).filter((rule) => rule.flows?.includes(flow.id));
  const shared = rules.map((rule) => withOwnContacts(rule, area.ownContacts));
  const own = [...area.cases.values()].filter((one) => one.flow === flow.id);
  const answers = own.map((one) => readAnswers(flow, one.answers, today).answers);
  return prove(flow, [...area.rules.map((rule) => withOwnContacts(rule, area.ownContacts)), ...shared], answers);
}

/** What of it stops the server: with the way that leads to the breach, in words. */
export function proofProblems(proofs: readonly Proof[]): Problem[] {
  return proofs
    .filter((proof) => !isProved(proof))
    .map((proof) => {
      const broken = proof.rules.find(({ says }) => says === 'broken' || says === 'not proved');
      const at = broken?.rule.at ?? { file: `flows/${proof.flow.area.id}/${proof.flow.id}.yaml`, line: 1, column: 1 };
      return { ...at, message: describeProof(proof), kind: 'error' as const };
    });
}
