/** Checks that need several flows together: steps that are unused in every flow, and rules that apply to no interview at all. */
import type { Rule } from '../check/safety.ts';
import type { Fault } from './fault.ts';
import type { Proof } from './prove.ts';

/** A dead step, with an area whose flows include it. */
export interface DeadStep extends Fault {
  area: string;
}

/**
 * A part that two flows share may have a step that only one of them needs. Parts are the same if their id and title are
 * the same.
 */
export function findDead(proofs: readonly Proof[]): DeadStep[] {
  const finished = proofs.filter((proof) => proof.givenUp === undefined);
  const dead = new Map<string, DeadStep>();
  for (const proof of finished)
    for (const fault of proof.unreached) {
      const title = titleOf(proof, fault.part);
      const having = finished.filter((other) => titleOf(other, fault.part) === title);
      if (having.every((other) => other.unreached.some((its) => isSame(its, fault))))
        dead.set(`${title} ${keyOf(fault)}`, { ...fault, area: proof.flow.area.id });
    }
  return [...dead.values()];
}

function titleOf(proof: Proof, part: string): string | undefined {
  return proof.flow.parts[part]?.title;
}

function isSame(a: Fault, b: Fault): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ part, step, kind }: Fault): string {
  return `${part} ${step} ${kind}`;
}

/** `proofs` must include every flow to which the rules can apply. */
export function findIdleRules(proofs: readonly Proof[], rules: readonly Rule[]): Rule[] {
  const verdicts = proofs.flatMap((proof) => proof.rules);
  return rules.filter((rule) =>
    verdicts.every((verdict) => !isOne(verdict.rule, rule) || verdict.result === 'vacuous'),
  );
}

/** An area's copy of a national rule, with its own contacts, still counts as the same rule. */
function isOne(judged: Rule, written: Rule): boolean {
  return judged.id === written.id && judged.at.file === written.at.file;
}
