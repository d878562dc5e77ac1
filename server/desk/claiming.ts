/**
 * Asking the desk, and who is working on the consultation: claim, hand back, pass on. Pure: entries and a form →
 * happenings, or a refusal.
 */

import { LONGEST_TEXT } from '../base/text.ts';
import { readConsultation } from '../consultation/consultation.ts';
import { describeWithin } from '../consultation/deadline.ts';
import type { DeadlineSet, Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { type Form, invalid, Reader } from '../consultation/recording.ts';
import type { Desk } from '../flow/desk.ts';
import { dueBy, type Now, sortKey, timeOf } from './deadlines.ts';
import { type DeskCase, openDeadlines, readDeskCase } from './desk-case.ts';
import { answerWithin, claimWithin, type Pace } from './pace.ts';
import { refuseUnless } from './transitions.ts';

export interface AskContext {
  desk: Desk;
  now: Now;
  /** The guidance so far says "at once", or to call 999. */
  urgent: boolean;
  /** If left out: `at once` when urgent, otherwise the desk’s usual times. */
  pace?: Pace;
}

/**
 * A question that is sent twice is recorded once, even if the desk has closed the consultation in between. The same
 * question can be asked again only from a page that already showed it (`seen`: the number of the last entry on that
 * page).
 */
export function askDutyWorker(entries: readonly Entry[], form: Form, context: AskContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const question = reader.must('question', 'Write what you want to ask, or what is new', LONGEST_TEXT);
  const reach = reader.must('reach', 'Write how the duty worker reaches you: a telephone number or an e-mail at work');
  const named = nameAsker(entries, reader);
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const deskCase = readDeskCase(entries);
  const seen = Number(form.seen ?? 0);
  const isOpen = deskCase !== undefined && deskCase.state !== 'closed';
  if (isOpen && deskCase.questions.at(-1)?.text === question) return [];
  const since = entries.filter(({ number }) => number > seen).map(({ what }) => what);
  if (since.some((what) => what.kind === 'handed over' && what.question === question)) return [];
  const waits = deskCase?.state !== 'claimed';
  const deadlines = waits ? [claimBy(context), answerBy(context)] : [answerBy(context)];
  return [
    ...named,
    {
      kind: 'handed over',
      question,
      reach,
      urgent: context.urgent ? 'yes' : 'no',
      deadlines: deadlines.map((deadline) => keepEarlier(deadline, deskCase)),
    },
  ];
}

/** Keeps the earlier time if the same deadline is already open: new information never postpones it. */
export function keepEarlier(deadline: DeadlineSet, deskCase: DeskCase | undefined): DeadlineSet {
  const owed = deskCase && openDeadlines(deskCase).find(({ id }) => id === deadline.id);
  if (owed?.by === undefined || deadline.by === undefined || sortKey(deadline.by) <= sortKey(owed.by)) return deadline;
  return { ...deadline, ...timeOf(owed) };
}

/** Records what the askers wrote about themselves, if it is new. An empty field does not erase what is known. */
function nameAsker(entries: readonly Entry[], reader: Reader): Happening[] {
  const known = readConsultation('', entries).asker?.asker ?? { name: '', role: '', agency: '', contact: '' };
  const asker = {
    name: reader.text('name') || known.name,
    role: reader.text('role') || known.role,
    agency: reader.text('agency') || known.agency,
    contact: known.contact,
  };
  const isNew = asker.name !== known.name || asker.role !== known.role || asker.agency !== known.agency;
  return isNew ? [{ kind: 'asker named', asker }] : [];
}

export function takeCall(form: Form, context: AskContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const asker = {
    name: reader.text('name'),
    role: reader.text('role'),
    agency: reader.text('agency'),
    contact: reader.text('contact'),
  };
  const child = reader.text('child');
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const named = Object.values(asker).some((text) => text !== '');
  return [
    { kind: 'taken by telephone', reach: asker.contact, deadlines: [answerBy(context)] },
    { kind: 'claimed' },
    ...(named ? [{ kind: 'asker named' as const, asker }] : []),
    ...(child === '' ? [] : [{ kind: 'child named' as const, known: 'yes' as const, name: child }]),
  ];
}

function claimBy({ desk, now, urgent, pace = urgent ? 'at once' : 'usual' }: AskContext) {
  const within = urgent ? 'at once' : claimWithin(pace, desk);
  return { id: 'claim', do: 'Claim the consultation', who: 'a duty worker', ...deadlineWithin(within, now, desk) };
}

/** What decides when an answer is due. */
export type AnswerContext = Pick<AskContext, 'desk' | 'now' | 'pace'> & { urgent?: boolean };

export function answerBy({ desk, now, urgent = false, pace = urgent ? 'at once' : 'usual' }: AnswerContext) {
  return {
    id: 'answer',
    do: 'Answer whoever asked',
    who: 'the duty worker',
    ...deadlineWithin(answerWithin(pace, desk), now, desk),
  };
}

export function deadlineWithin(within: string, now: Now, desk: Desk) {
  const by = dueBy(within, now, desk);
  return {
    within,
    words: describeWithin(within),
    ...(by !== undefined && { by }),
  };
}

/** If two people claim at the same time, the second gets a conflict that names the first. */
export function claim(entries: readonly Entry[], person: Who): Happening[] | Refusal {
  const deskCase = readDeskCase(entries);
  if (deskCase?.claimedBy?.id === person.id) return [];
  if (deskCase?.state === 'claimed') return { refused: 'conflict', message: describeClaimed(deskCase) };
  return refuseUnless(deskCase, 'claim') ?? [{ kind: 'claimed' }];
}

function describeClaimed({ claimedBy }: DeskCase): string {
  return `${claimedBy?.name ?? 'Somebody else'} has claimed it`;
}

export function handBack(entries: readonly Entry[], form: Form): Happening[] | Refusal {
  const reader = new Reader(form);
  const reason = reader.text('reason', LONGEST_TEXT);
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  return refuseUnless(readDeskCase(entries), 'hand back') ?? [{ kind: 'handed back', reason }];
}

/** `colleagues`: the people to whom it can be passed on. */
export function passOn(entries: readonly Entry[], form: Form, colleagues: readonly Who[]): Happening[] | Refusal {
  const reader = new Reader(form);
  const to = colleagues.find((colleague) => colleague.id === reader.text('to'));
  if (to === undefined) reader.wrong.to = 'Choose the colleague who takes it';
  const reason = reader.text('reason', LONGEST_TEXT);
  if (to === undefined || Object.keys(reader.wrong).length > 0) return invalid(reader);
  const deskCase = readDeskCase(entries);
  if (deskCase?.claimedBy?.id === to.id) return [];
  return refuseUnless(deskCase, 'pass on') ?? [{ kind: 'passed on', to, reason }];
}
