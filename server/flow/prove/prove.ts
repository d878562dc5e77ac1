/**
 * Proves a flow: its safety rules over every possible interview, and what must hold for every flow. Pure, and computed from the flow each
 * time. Start reading at `interview.ts`.
 */

import { appliesTo, type Rule } from '../check/safety.ts';
import type { Flow } from '../flow.ts';
import type { Answers } from '../walk/answer.ts';
import { type Definite, findTimidAnswers } from './definite.ts';
import { NEVER, NODE_LIMIT, TooLarge } from './diagram.ts';
import { findRiskyDoubts, findUnwatchedDoubts } from './doubt.ts';
import { type DoubtBreach, findDoubtAlone } from './doubt-alone.ts';
import type { Fault } from './fault.ts';
import { findFaults } from './faults.ts';
import { type Contradiction, countExcluded, type FloorOfFlow, findContradictions, findFloorFaults } from './floor.ts';
import { type Interview, runInterview } from './interview.ts';
import { findFalls } from './rising.ts';
import { judge, type Verdict } from './rules.ts';
import type { Weakening } from './strength.ts';
import { findUnreached } from './unreached.ts';

export interface Proof {
  flow: Flow;
  rules: Verdict[];
  faults: Fault[];
  /**
   * Steps, conditions and jumps that are unused in this flow. A called flow may need them elsewhere; `together.ts` finds those unused
   * everywhere.
   */
  unreached: Fault[];
  /** Cases where more harm leads to less help. */
  falls: Weakening[];
  /** Cases where "I don't know" leads to less help than some known answer. */
  riskyDoubts: Weakening[];
  /** Questions whose "I don't know" no rule and no case covers. */
  unwatchedDoubts: string[];
  size?: Size;
  /** What the floor finds beside its rules. The results of its rules are in `rules`. */
  floor?: {
    contradictions: Contradiction[];
    faults: Fault[];
    doubts: DoubtBreach[];
    /** Answers that lead to less help than "I don't know", and the reasons that were given for such answers. */
    definite: Definite;
    excluded: number;
  };
  /** Why the proof was given up. Then only rules reported as holding are proved. */
  givenUp?: string;
}

export interface Size {
  steps: number;
  questions: number;
  /** Number of yes/no variables: ticks, doubts and choices. */
  variables: number;
  /** Number of combinations of answers that some condition can distinguish. */
  combinations: bigint;
  nodes: number;
}

interface ProofOptions {
  /** The answers of the worked cases, to find doubts that none of them covers. */
  cases?: readonly Answers[];
  /** Maximum number of diagram nodes. */
  limit?: number;
  floor?: FloorOfFlow;
}

export function prove(
  flow: Flow,
  rules: readonly Rule[],
  { cases = [], limit = NODE_LIMIT, floor }: ProofOptions = {},
): Proof {
  const own = rules.filter((rule) => appliesTo(rule, flow));
  const nothing = { faults: [], unreached: [], falls: [], riskyDoubts: [], unwatchedDoubts: [] };
  const proof: Proof = { flow, rules: own.map((rule) => ({ rule, result: 'not proved' })), ...nothing };
  try {
    const interview = runInterview(
      flow,
      own.map((rule) => rule.whenever),
      limit,
    );
    proof.rules = judge(interview, own);
    proof.faults = findFaults(interview);
    proof.unreached = findUnreached(interview);
    // Comparing interviews makes sense only if all of them end.
    if (interview.fallsOff === NEVER) Object.assign(proof, compareInterviews(interview, own, cases));
    if (floor !== undefined) proof.floor = proveFloor(interview, floor);
    proof.size = sizeOf(interview);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    proof.givenUp = error.message;
  }
  return proof;
}

function compareInterviews(interview: Interview, rules: readonly Rule[], cases: NonNullable<ProofOptions['cases']>) {
  return {
    falls: findFalls(interview),
    riskyDoubts: findRiskyDoubts(interview),
    unwatchedDoubts: findUnwatchedDoubts(interview, rules, cases),
  };
}

function proveFloor(interview: Interview, floor: FloorOfFlow): NonNullable<Proof['floor']> {
  return {
    contradictions: findContradictions(interview, floor.groups),
    faults: findFloorFaults(interview, floor),
    doubts: findDoubtAlone(interview),
    definite: interview.fallsOff === NEVER ? findTimidAnswers(interview) : { timid: [], reasonsUsed: [] },
    excluded: countExcluded(interview, floor.groups),
  };
}

/** Where a floor is proved, "I don't know" must never lead to less help than every known answer. */
function keepsFloor({ floor, riskyDoubts }: Proof): boolean {
  if (floor === undefined) return true;
  const breaches = [floor.contradictions, floor.faults, floor.doubts, floor.definite.timid, riskyDoubts];
  return breaches.every(({ length }) => length === 0);
}

/** Whether nothing is broken and nothing was left unproved. Warnings are for a person to judge, and risky doubts where there is no floor. */
export function isProved(proof: Proof): boolean {
  const rules = proof.rules.every(({ result }) => result === 'holds' || result === 'vacuous');
  const faults = proof.faults.every((fault) => fault.kind === 'warning');
  return proof.givenUp === undefined && rules && faults && proof.falls.length === 0 && keepsFloor(proof);
}

function sizeOf({ diagrams, known, visits }: Interview): Size {
  const facts = [...known.facts.values()];
  return {
    steps: visits.length,
    questions: facts.length,
    variables: diagrams.variables,
    combinations: facts.reduce((product, fact) => product * fact.answers, 1n),
    nodes: diagrams.size,
  };
}
