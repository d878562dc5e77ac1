/** The work around a consultation: follow-ups and tasks, take-overs, the number of the case system, files, strategy discussions. Pure. */
import { describeInstant, readMoment } from '../base/days.ts';
import { LONGEST_TEXT } from '../base/text.ts';
import type { Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { type Form, Reader } from '../consultation/recording.ts';
import type { Now } from './deadlines.ts';
import { settle } from './decision.ts';
import { openDeadlines, readDeskCase } from './desk-case.ts';
import { refuseUnless } from './transitions.ts';

export interface WorkContext {
  form: Form;
  who: Who;
  colleagues: readonly Who[];
  now: Now;
}

/** A follow-up of one's own, or a task for a colleague: with its time it stands among the deadlines. */
export function setTask(entries: readonly Entry[], context: WorkContext): Happening[] | Refusal {
  const { form, who, colleagues, now } = context;
  const reader = new Reader(form);
  const what = reader.must('do', 'Write what is to be done');
  const to = reader.text('to') === '' ? who : colleagues.find(({ id }) => id === reader.text('to'));
  if (to === undefined) reader.wrong.to = 'Choose the colleague who does it, or leave it for yourself';
  const reading = readMoment(reader.text('by'), now);
  if (!reading.ok) reader.wrong.by = reading.problem;
  else if (reading.at <= now.at)
    reader.wrong.by = `${describeInstant(reading.at)} is over. Write a day and a time to come, such as today at 18:00`;
  const by = reading.ok ? reading.at : now.at;
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'set task');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const isSame = openDeadlines(deskCase).some((open) => open.do === what && open.by === by);
  if (isSame && Object.keys(reader.wrong).length === 0) return [];
  const { name, role } = to ?? who;
  const task = { id: `task_${entries.length + 1}`, do: what, who: `${name}, ${role}`, by };
  return settle(reader, { kind: 'task set', task, to: to ?? who });
}

/** From somebody who is absent or has left: the reason stands in the record. */
export function takeOver(entries: readonly Entry[], { form, who }: WorkContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  if (deskCase?.claimedBy?.id === who.id) return [];
  const refusal = refuseUnless(deskCase, 'take over');
  if (refusal !== undefined) return refusal;
  const from = deskCase?.claimedBy;
  if (from === undefined) return { refused: 'conflict', message: 'Nobody has it now. Claim it' };
  const reason = reader.must('reason', `Write why you take it over from ${from.name}`, LONGEST_TEXT);
  return settle(reader, { kind: 'taken over', from, reason });
}

export function recordCaseNumber(entries: readonly Entry[], { form }: WorkContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const caseNumber = reader.must('caseNumber', 'Write the number that the case system has given it');
  const deskCase = readDeskCase(entries);
  if (deskCase?.caseNumber?.caseNumber === caseNumber) return [];
  return refuseUnless(deskCase, 'write') ?? settle(reader, { kind: 'case number recorded', caseNumber });
}

export function recordFile(entries: readonly Entry[], { form }: WorkContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const file = reader.must('file', 'Write what it is, such as “photographs of 20 November”');
  const kept = reader.must('kept', 'Write where it is kept: the system, and the folder or number');
  const deskCase = readDeskCase(entries);
  if (deskCase?.files.some((known) => known.file === file && known.kept === kept)) return [];
  return refuseUnless(deskCase, 'write') ?? settle(reader, { kind: 'file kept', file, kept });
}

export function recordDiscussion(entries: readonly Entry[], { form, now }: WorkContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const when = reader.past('when', now);
  const present = reader.must('present', 'Write who took part: name, role and agency of each', LONGEST_TEXT);
  const agreed = reader.must('agreed', 'Write what was agreed', LONGEST_TEXT);
  const actions = reader.must('actions', 'Write what is to be done, by whom and by when', LONGEST_TEXT);
  const deskCase = readDeskCase(entries);
  if (deskCase?.discussions.some((known) => known.when === when && known.agreed === agreed)) return [];
  return (
    refuseUnless(deskCase, 'write') ??
    settle(reader, { kind: 'strategy discussion recorded', when, present, agreed, actions })
  );
}
