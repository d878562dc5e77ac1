/** The work around a consultation: follow-ups and tasks, take-overs, the number of the case system, files, strategy discussions. Pure. */
import { readTimeToCome } from '../base/days.ts';
import { LONGEST_TEXT } from '../base/text.ts';
import type { Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { type Form, happeningOrRefusal, Reader } from '../consultation/recording.ts';
import type { Desk } from '../flow/desk.ts';
import { findScope, isRole } from '../people/permissions.ts';
import type { Now } from './deadlines.ts';
import { type Deadline, isNamedTask, openDeadlines, readDeskCase } from './desk-case.ts';
import { correctWhoDecided } from './named-decider.ts';
import { refuseUnless } from './transitions.ts';

export interface WorkContext {
  form: Form;
  who: Who;
  colleagues: readonly Who[];
  now: Now;
}

/** A follow-up for oneself, or a task for a colleague. Both are listed with the deadlines. */
export function setTask(entries: readonly Entry[], context: WorkContext): Happening[] | Refusal {
  const { form, who, colleagues, now } = context;
  const reader = new Reader(form);
  const what = reader.must('do', 'Write what is to be done');
  const to = reader.text('to') === '' ? who : colleagues.find(({ id }) => id === reader.text('to'));
  if (to === undefined) reader.wrong.to = 'Choose the colleague who does it, or leave it for yourself';
  const reading = readTimeToCome(reader.text('by'), now);
  if (!reading.ok) reader.wrong.by = reading.problem;
  const by = reading.ok ? reading.by : now.at;
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'set task');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const isSame = openDeadlines(deskCase).some((open) => open.do === what && open.by === by);
  if (isSame && Object.keys(reader.wrong).length === 0) return [];
  const { name, role } = to ?? who;
  const task = { id: `task_${entries.length + 1}`, do: what, who: `${name}, ${role}`, by };
  return happeningOrRefusal(reader, { kind: 'task set', task, to: to ?? who });
}

/** A task may be marked as done by the person it was given to, the person who gave it, or a manager. */
export function mayDoTask(
  { id: deadline, task }: Pick<Deadline, 'id' | 'task'>,
  { id, role }: Pick<Who, 'id' | 'role'>,
): boolean {
  if (task === undefined) return false;
  // Only the person who is named can say whether they took the decision.
  if (isNamedTask(deadline)) return task.to.id === id;
  const isManager = isRole(role) && findScope(role, 'outcome.review') !== undefined;
  return task.to.id === id || task.by?.id === id || isManager;
}

export function doTask(
  entries: readonly Entry[],
  { form, who, desk, now }: Pick<WorkContext, 'form' | 'who' | 'now'> & { desk: Desk },
) {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'do task');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const task = deskCase.deadlines.find(({ id }) => id === reader.text('deadline'));
  if (task?.task === undefined) return { refused: 'conflict', message: 'There is no such task any more' } as const;
  if (task.met !== undefined) return [];
  if (!mayDoTask(task, who)) {
    const name = task.task.to.name;
    const message = isNamedTask(task.id)
      ? `Only ${name} says whether they took the decision`
      : `Only ${name}, whoever gave the task, or a manager marks it as done`;
    return { refused: 'conflict', message } as const;
  }
  const denies = isNamedTask(task.id) && reader.choice('took', ['yes', 'no'], 'Choose whether you took it') === 'no';
  const note = denies
    ? reader.must('note', 'Write what you know of it: the record needs it', LONGEST_TEXT)
    : reader.text('note', LONGEST_TEXT);
  const done = { kind: 'task done', task: task.id, do: task.do, note } as const;
  if (!denies) return happeningOrRefusal(reader, done);
  return happeningOrRefusal(reader, { ...done, denies: 'yes', deadlines: [correctWhoDecided(who, desk, now)] });
}

/** Takes over from a colleague who is absent or has left; the reason is recorded. */
export function takeOver(entries: readonly Entry[], { form, who }: WorkContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  if (deskCase?.claimedBy?.id === who.id) return [];
  const refusal = refuseUnless(deskCase, 'take over');
  if (refusal !== undefined) return refusal;
  const from = deskCase?.claimedBy;
  if (from === undefined) return { refused: 'conflict', message: 'Nobody has it now. Claim it' };
  // If the form showed another worker, the consultation has changed hands since: taking it would surprise whoever got
  // it.
  const got = entries.findLast(({ what }) => GETS.has(what.kind))?.number ?? 0;
  if (/^\d{1,9}$/.test(form.seen ?? '') && got > Number(form.seen))
    return { refused: 'conflict', message: `${from.name} has it now. Nothing was saved; what you wrote is still here` };
  const reason = reader.must('reason', `Write why you take it over from ${from.name}`, LONGEST_TEXT);
  return happeningOrRefusal(reader, { kind: 'taken over', from, reason });
}

/** The happenings that give the consultation to somebody. */
const GETS: ReadonlySet<Happening['kind']> = new Set(['claimed', 'passed on', 'taken over', 'taken by telephone']);

export function recordCaseNumber(entries: readonly Entry[], { form }: WorkContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const caseNumber = reader.must('caseNumber', 'Write the number that the case system has given it');
  const deskCase = readDeskCase(entries);
  if (deskCase?.caseNumber?.caseNumber === caseNumber) return [];
  return refuseUnless(deskCase, 'write') ?? happeningOrRefusal(reader, { kind: 'case number recorded', caseNumber });
}

export function recordFile(entries: readonly Entry[], { form }: WorkContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const file = reader.must('file', 'Write what it is, such as “photographs of 20 November”');
  const kept = reader.must('kept', 'Write where it is kept: the system, and the folder or number');
  const deskCase = readDeskCase(entries);
  if (deskCase?.files.some((known) => known.file === file && known.kept === kept)) return [];
  return refuseUnless(deskCase, 'write') ?? happeningOrRefusal(reader, { kind: 'file kept', file, kept });
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
    happeningOrRefusal(reader, { kind: 'strategy discussion recorded', when, present, agreed, actions })
  );
}
