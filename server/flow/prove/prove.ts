/**
 * The proof of a flow: its safety rules over every interview that there can be, and what else must hold of every flow. Pure, and made
 * anew from the flow each time. `interview.ts` is where to begin reading.
 */

import { appliesTo, type Rule } from '../check/safety.ts';
import type { Flow } from '../flow.ts';
import type { Answers } from '../walk/answer.ts';
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
  /** What is dead in this flow. A called flow may need it elsewhere: `together.ts` tells what is dead everywhere. */
  unreached: Fault[];
  /** More harm said, and less help given. */
  falls: Weakening[];
  /** "I don't know" said, and less help given than for any answer that is known. */
  riskyDoubts: Weakening[];
  /** Questions whose "I don't know" no rule and no case looks at. */
  unwatchedDoubts: string[];
  size?: Size;
  /** What the floor finds beside its rules, which stand among the others. */
  floor?: { contradictions: Contradiction[]; faults: Fault[]; doubts: DoubtBreach[]; excluded: number };
  /** Why the proof was given up: nothing is proved then that is not said to be. */
  givenUp?: string;
}

export interface Size {
  steps: number;
  questions: number;
  /** Yes/no variables: ticks, doubts, choices. */
  variables: number;
  /** Every combination of answers that some condition can tell apart. */
  combinations: bigint;
  nodes: number;
}

/** `cases`: the answers of the worked cases, only for what they look at. `limit`: how many nodes may be spent. */
export function prove(
  flow: Flow,
  rules: readonly Rule[],
  cases: readonly Answers[] = [],
  limit: number = NODE_LIMIT,
  floor?: FloorOfFlow,
): Proof {
  const own = rules.filter((rule) => appliesTo(rule, flow));
  const nothing = { faults: [], unreached: [], falls: [], riskyDoubts: [], unwatchedDoubts: [] };
  const proof: Proof = { flow, rules: own.map((rule) => ({ rule, says: 'not proved' })), ...nothing };
  try {
    const interview = runInterview(
      flow,
      own.map((rule) => rule.whenever),
      limit,
    );
    proof.rules = judge(interview, own);
    proof.faults = findFaults(interview);
    proof.unreached = findUnreached(interview);
    // Comparing interviews takes for granted that all of them end.
    if (interview.fallsOff === NEVER) {
      proof.falls = findFalls(interview);
      proof.riskyDoubts = findRiskyDoubts(interview);
      proof.unwatchedDoubts = findUnwatchedDoubts(interview, own, cases);
    }
    if (floor !== undefined) proof.floor = proveFloor(interview, floor);
    proof.size = sizeOf(interview);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    proof.givenUp = error.message;
  }
  return proof;
}

function proveFloor(interview: Interview, floor: FloorOfFlow): NonNullable<Proof['floor']> {
  return {
    contradictions: findContradictions(interview, floor.groups),
    faults: findFloorFaults(interview, floor),
    doubts: findDoubtAlone(interview, floor.firstAsked),
    excluded: countExcluded(interview, floor.groups),
  };
}

function keepsFloor({ floor }: Proof): boolean {
  return floor === undefined || floor.contradictions.length + floor.faults.length + floor.doubts.length === 0;
}

/** Nothing is broken, and nothing was left unproved. Risky doubts and warnings are for the reader to judge. */
export function isProved(proof: Proof): boolean {
  const rules = proof.rules.every(({ says }) => says === 'holds' || says === 'vacuous');
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
