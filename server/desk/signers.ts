/**
 * Who may sign a decision as the second person. The deadline, the queue, the task of whoever is named and the form all
 * ask here, so that they can't name different people. Pure.
 */
import { foldedWords } from '../base/text.ts';
import type { Who } from '../consultation/desk-happening.ts';
import { describeDecider } from '../consultation/desk-record.ts';
import { SIGNERS } from '../flow/desk.ts';
import type { DecisionToSign, DeskCase, HouseholdChild } from './desk-case.ts';

/** Whether this child of the household shares the outcome of the consultation. */
export const isAsConsultation = ({ outcome }: Pick<HouseholdChild, 'outcome'>) => outcome === '';

/**
 * If one of the signing roles recorded the decision, any second person of the desk may sign it: an area can have only
 * one manager.
 */
function isOpenToDesk(signers: readonly string[], recorders: readonly Pick<Who, 'role'>[]): boolean {
  return recorders.some(({ role }) => signers.includes(role));
}

/** Who may sign this decision, in words. It follows the same rule as `whyNotSign`. */
export function describeSigners(deskCase: DeskCase, decision: DecisionToSign): string {
  const { signers } = decision;
  const roles = isOpenToDesk(signers, recordersOf(deskCase, decision))
    ? `any second person of the desk (${SIGNERS.join(' or ')})`
    : signers.join(' or ');
  return `${roles}, not whoever recorded it and not whoever took the decision`;
}

/**
 * Who recorded this decision, or corrected who took it. A child without an outcome of their own has that of the
 * consultation, so whoever recorded that counts as well.
 */
function recordersOf({ outcome, household }: DeskCase, { child }: Pick<DecisionToSign, 'child'>): Who[] {
  const ofOutcome = [outcome?.who, ...(outcome?.deciders ?? []).map(({ who }) => who)];
  const known = household.find((one) => one.child === child);
  if (known === undefined) return ofOutcome.filter((who) => who !== undefined);
  const { earlier = [], ...last } = known;
  const departing = [...earlier, last].filter(({ signers = [] }) => signers.length > 0);
  const recorders = departing.map(({ who }) => who);
  return [...(isAsConsultation(known) ? ofOutcome : []), ...recorders].filter((who) => who !== undefined);
}

/**
 * Whether the words that name a decider mean this person: they contain the person's whole name, or the name in them
 * (before role and agency) is part of it.
 */
export function isNamedAs(decidedBy: string, name: string): boolean {
  const own = foldedWords(name);
  const written = foldedWords(decidedBy);
  const asName = foldedWords(decidedBy.split(/[,;:(\n]| [-–—] /)[0] ?? '');
  const isWithin = (some: readonly string[], all: readonly string[]) =>
    some.length > 0 && some.every((word) => all.includes(word));
  return isWithin(own, written) || isWithin(asName, own);
}

/**
 * Who is named as having taken the decision. Only the outcome names somebody; decisions for other children do not name
 * anybody separately.
 */
function deciderOf({ outcome, outcomes }: DeskCase): string {
  const last = outcome ?? outcomes.at(-1);
  return last === undefined ? '' : describeDecider(last);
}

/** Why this person may not sign this decision; undefined if they may. */
export function whyNotSign(deskCase: DeskCase, decision: DecisionToSign, { id, name, role }: Who): string | undefined {
  const { signers } = decision;
  const recorders = recordersOf(deskCase, decision);
  if (recorders.some((recorder) => recorder.id === id))
    return 'You recorded this decision yourself, or corrected who took it. Somebody else signs it';
  const decider = deciderOf(deskCase);
  if (isNamedAs(decider, name))
    return `You are named as who took the decision (“${decider}”). Somebody else signs it. If you did not take it, say so here, and it is decided anew. If only the name is wrong, it is corrected at the outcome, and nothing else changes. If nobody else can sign, record it yourself: then any colleague of the desk may sign it`;
  if (isOpenToDesk(signers, recorders) && SIGNERS.some((signer) => signer === role)) return undefined;
  return signers.includes(role) ? undefined : `Only these sign it: ${signers.join(', ')}`;
}

/**
 * Who may refuse to sign: everybody who may sign, and the person who is named as the decider and denies it. The latter
 * signs nothing.
 */
export function mayRefuse(deskCase: DeskCase, decision: DecisionToSign, who: Who): boolean {
  if (whyNotSign(deskCase, decision, who) === undefined) return true;
  const isRecorder = recordersOf(deskCase, decision).some(({ id }) => id === who.id);
  return !isRecorder && isNamedAs(deciderOf(deskCase), who.name);
}
