/** What comes after an outcome: the answer, chasing, deadlines, a dispute, new information. Pure. */
import { describeDay, readDay } from '../base/days.ts';
import { foldLetters, isInWords, LONGEST_TEXT } from '../base/text.ts';
import type { Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { type Form, happeningOrRefusal, Reader } from '../consultation/recording.ts';
import type { Desk } from '../flow/desk.ts';
import { type AnswerContext, answerBy, keepEarlier } from './claiming.ts';
import { dueBy, type Now, setDeadline } from './deadlines.ts';
import {
  DECIDE_ANEW,
  type Deadline,
  DISPUTE_STEP,
  isDecideAnew,
  isFilling,
  isNamedTask,
  isSigning,
  NAME_DECIDER,
  openDeadlines,
  RECORD_OUTCOME,
  readDeskCase,
} from './desk-case.ts';
import { refuseUnless } from './transitions.ts';

export function reply(entries: readonly Entry[], form: Form): Happening[] | Refusal {
  const reader = new Reader(form);
  const how = reader.must('how', 'Write how you answered: by telephone, by e-mail, in person');
  const answer = reader.must('answer', 'Write what you answered', LONGEST_TEXT);
  const deskCase = readDeskCase(entries);
  if (deskCase?.answer?.answer === answer) return [];
  return refuseUnless(deskCase, 'reply') ?? happeningOrRefusal(reader, { kind: 'referrer answered', how, answer });
}

export function chase(entries: readonly Entry[], form: Form): Happening[] | Refusal {
  const reader = new Reader(form);
  const whom = reader.must('whom', 'Write whom you asked');
  const answer = reader.must('answer', 'Write what they said', LONGEST_TEXT);
  return refuseUnless(readDeskCase(entries), 'chase') ?? happeningOrRefusal(reader, { kind: 'chased', whom, answer });
}

/** Whether this deadline is for the desk, or for this person's role, to meet. Otherwise the desk only hears of it. */
export function isDoneByDesk({ who }: Pick<Deadline, 'who'>, role: string): boolean {
  const doer = foldLetters(who);
  return ['duty worker', 'the desk', ...(role === '' ? [] : [role])].some((own) => doer.includes(own));
}

export function meetDeadline(
  entries: readonly Entry[],
  { form, who }: { form: Form; who: Pick<Who, 'role'> },
): Happening[] | Refusal {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'meet');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const deadline = deskCase.deadlines.find(({ id }) => id === reader.text('deadline'));
  if (deadline === undefined) return { refused: 'conflict', message: 'There is no such deadline any more' };
  if (deadline.met !== undefined) return [];
  if (isMetElsewhere(deadline))
    return { refused: 'conflict', message: 'This one is met in another way: the page says how, beside it' };
  const note = reader.text('note', LONGEST_TEXT);
  if (!isDoneByDesk(deadline, who.role) && !isInWords(note))
    reader.wrong.note = `This is for somebody else to do: ${deadline.who}. Write who did it, when, and how you know`;
  return happeningOrRefusal(reader, { kind: 'deadline met', deadline: deadline.id, do: deadline.do, note });
}

/** Deadlines that another action meets. Each has the words that say which. */
const MET_ELSEWHERE: Record<string, string> = {
  claim: 'Done when it is claimed',
  answer: 'Done when the answer is written down',
  told: 'Done when it is written down whom they told',
  [DECIDE_ANEW]: 'Done when an outcome is recorded',
  [RECORD_OUTCOME]: 'Done when an outcome is recorded',
  [NAME_DECIDER]: 'Done when it is corrected, at the outcome, who took the decision',
  manager_reviews: 'Done when the manager has reviewed it',
};

/** Which action meets this deadline; undefined if it is marked as done by hand. */
export function describeMetElsewhere({ id, task }: Pick<Deadline, 'id' | 'task'>): string | undefined {
  if (isNamedTask(id)) return `Only ${task?.to.name ?? 'whoever is named'} says whether they took it`;
  if (task !== undefined) return `Marked as done by ${task.to.name}, by whoever gave it, or by a manager`;
  if (id !== DECIDE_ANEW && isDecideAnew(id)) return 'Done when the decision for this child is recorded anew';
  if (isSigning(id)) return 'Done when a second person has signed';
  if (isFilling(id)) return 'Done when the field is filled in';
  return Object.hasOwn(MET_ELSEWHERE, id) ? MET_ELSEWHERE[id] : undefined;
}

export function isMetElsewhere(deadline: Pick<Deadline, 'id' | 'task'>): boolean {
  return describeMetElsewhere(deadline) !== undefined;
}

/** Starts a deadline that was waiting for a certain day, such as a first visit. */
export function dateDeadline(entries: readonly Entry[], form: Form, desk: Desk, now: Now): Happening[] | Refusal {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'date');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const deadline = openDeadlines(deskCase).find(({ id }) => id === reader.text('deadline'));
  if (deadline?.within === undefined) return { refused: 'conflict', message: 'There is no such deadline any more' };
  const from = readDay(reader.text('from'), { today: now.today, notAfter: now.today });
  if (!from.ok) reader.wrong.from = from.problem;
  else if (from.day > now.today)
    reader.wrong.from = `${describeDay(from.day)} is to come. Write the day from which it counts`;
  const day = from.ok ? from.day : now.today;
  const by = dueBy(deadline.within, { ...now, today: day }, desk) ?? '';
  return happeningOrRefusal(reader, { kind: 'deadline dated', deadline: deadline.id, do: deadline.do, from: day, by });
}

/**
 * Recorded by the referrer, or by the desk for them. Only the area's dispute steps that have a time become deadlines. A
 * standing duty, such as protecting the child meanwhile, would be overdue at once and hide the real deadlines.
 */
export function disputeOutcome(entries: readonly Entry[], form: Form, desk: Desk, now: Now): Happening[] | Refusal {
  const reader = new Reader(form);
  const why = reader.must('why', 'Write what you see differently, and why', LONGEST_TEXT);
  const deskCase = readDeskCase(entries);
  if (deskCase?.dispute?.why === why) return [];
  const refusal = refuseUnless(deskCase, 'dispute');
  if (refusal !== undefined) return refusal;
  const timed = desk.dispute.steps.filter((step) => step.within !== undefined);
  const steps = timed.map((step) => ({ ...setDeadline(step, now, desk), id: `${DISPUTE_STEP}${step.id}` }));
  return happeningOrRefusal(reader, { kind: 'disputed', why, deadlines: steps });
}

export function reopen(entries: readonly Entry[], form: Form, context: AnswerContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const news = reader.must('news', 'Write what is new', LONGEST_TEXT);
  const deskCase = readDeskCase(entries);
  if (deskCase?.reopenings.at(-1)?.news === news && deskCase.state !== 'closed') return [];
  return (
    refuseUnless(deskCase, 'reopen') ??
    happeningOrRefusal(reader, { kind: 'reopened', news, deadlines: [keepEarlier(answerBy(context), deskCase)] })
  );
}
