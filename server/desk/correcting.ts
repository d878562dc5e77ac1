/**
 * Corrections that the desk adds beside an entry. One kind corrects who took a decision; the decision and its signature
 * do not change. Pure.
 */
import { saysSomething } from '../base/text.ts';
import { findCorrected } from '../consultation/denied.ts';
import type { Who } from '../consultation/desk-happening.ts';
import { type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';
import { correctEntry, type Form, happeningOrRefusal, Reader } from '../consultation/recording.ts';
import type { Desk } from '../flow/desk.ts';
import type { Now } from './deadlines.ts';
import { type DeskCase, readDeskCase } from './desk-case.ts';
import { askNamed } from './named-decider.ts';
import { isNamedAs } from './signers.ts';

interface Correction {
  form: Form;
  who: Who;
  desk: Desk;
  /** People who may be named as having taken the decision. They are then asked to confirm it. */
  colleagues?: readonly Who[];
  now?: Now;
}

export function correctAtDesk(entries: readonly Entry[], context: Correction): Happening[] | Refusal {
  const { form, who, desk } = context;
  const corrected = findCorrected(entries, Number(form.corrects));
  if (form.subject === 'decider' && corrected?.what.kind === 'outcome recorded')
    return correctDecider(entries, context, corrected);
  return correctEntry(entries, form, { who, outcomes: desk.outcomes.map(({ label }) => label) });
}

/** The text is the decider's name and role. The person who signed as the second person cannot be the decider. */
function correctDecider(
  entries: readonly Entry[],
  { form, who, desk, colleagues = [], now }: Correction,
  corrected: Entry,
): Happening[] | Refusal {
  const reader = new Reader(form);
  const decider = reader.text('text');
  if (!saysSomething(decider)) reader.wrong.text ??= 'Write who took the decision: name and role, and nothing else';
  const reason = reader.must('reason', 'Write why it is corrected, and how you know');
  const deskCase = readDeskCase(entries);
  const signer = signedBy(deskCase, corrected.number).find(({ name }) => isNamedAs(decider, name));
  if (signer !== undefined)
    reader.wrong.text ??= `${signer.name} signed this as the second person, and whoever decided does not sign. If they took the decision, reopen the consultation and record the outcome anew`;
  const outcome = deskCase?.outcomes.find(({ number }) => number === corrected.number);
  if (outcome?.deciders?.at(-1)?.name === decider) return [];
  const happening = {
    kind: 'corrected',
    corrects: Number(form.corrects),
    text: `Decided by ${decider}`,
    reason,
    decider,
  } as const;
  const settled = happeningOrRefusal(reader, happening);
  const isLast = outcome !== undefined && outcome.number === deskCase?.outcome?.number;
  if (isRefusal(settled) || !isLast || now === undefined) return settled;
  return [...settled, ...askNamed({ decider, words: outcome.words, who, colleagues, desk, now })];
}

/** Everybody who has signed the outcome, or a decision made with it for another child. */
function signedBy(deskCase: DeskCase | undefined, outcome: number): Who[] {
  if (deskCase === undefined || deskCase.outcome?.number !== outcome) return [];
  const signatures = [deskCase.countersignature, ...deskCase.household.map(({ signature }) => signature)];
  return signatures.flatMap((one) => (one?.signed === 'yes' && one.who !== undefined ? [one.who] : []));
}
