/** Follow-ups, take-overs, and what else is recorded around a consultation. */
import { expect, it } from 'vitest';
import { isRefusal } from '../../server/consultation/entry.ts';
import { meetDeadline } from '../../server/desk/aftercare.ts';
import { doTask, recordCaseNumber, setTask, takeOver } from '../../server/desk/case-work.ts';
import { askDutyWorker, claim } from '../../server/desk/claiming.ts';
import { COUNTERSIGNATURE, openDeadlines, readDeskCase } from '../../server/desk/desk-case.ts';
import { toICalendar } from '../../server/desk/icalendar.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { wordsOf } from '../../server/desk/written-words.ts';
import { countConsultation } from '../../server/figures/facts.ts';
import { AMINA, createCase, deskOf, findFlow, MAY, NOW, TOM } from './desk-world.ts';

const desk = deskOf('bolton');

function claimed() {
  const world = createCase();
  const { entries, add } = world;
  add(askDutyWorker(entries, { question: 'Is it?', reach: '0161' }, { desk, now: NOW, urgent: false }));
  add(claim(entries, AMINA), AMINA);
  return { ...world, context: { who: AMINA, colleagues: [TOM, MAY], now: NOW } };
}

it('a follow-up is in the queue by its time and in the calendar without its words, and can be marked as done', () => {
  const { entries, add, context } = claimed();
  const form = { do: 'Ring the mother of Sam back', by: 'today at 18:00' };
  add(setTask(entries, { ...context, form }), AMINA);
  expect(setTask(entries, { ...context, form })).toEqual([]);
  expect(describeLine('c', entries, findFlow)).toMatchObject({
    due: '2026-11-20T18:00:00.000Z',
    dueWhat: 'Answer whoever asked',
  });
  const [task] = openDeadlines(readDeskCase(entries) as never);
  expect(task).toMatchObject({ do: form.do, who: 'Amina Shah, duty worker' });
  const file = toICalendar('L 12 34 56 78 9', task === undefined ? [] : [task], NOW.at);
  expect(file).toContain('DTSTART:20261120T180000Z');
  expect(file).not.toContain('Sam');
  add(doTask(entries, { form: { deadline: task?.id ?? '', note: 'She comes in' }, who: AMINA, desk, now: NOW }), AMINA);
  expect(openDeadlines(readDeskCase(entries) as never).map(({ id }) => id)).not.toContain(task?.id);
});

it('a task needs a colleague of the area and a future time', () => {
  const { entries, add, context } = claimed();
  const refused = setTask(entries, { ...context, form: { do: 'Visit', to: 'nobody', by: 'yesterday at 9:00' } });
  expect(isRefusal(refused) && Object.keys(refused.fields ?? {}).sort()).toEqual(['by', 'to']);
  add(setTask(entries, { ...context, form: { do: 'Visit', to: 'tom', by: 'tomorrow at 9' } }), AMINA);
  expect(openDeadlines(readDeskCase(entries) as never).find(({ id }) => id.startsWith('task_'))?.who).toContain(
    'Tom Reid',
  );
});

it('taking over from an absent colleague needs a reason, and then the consultation is theirs', () => {
  const { entries, add, context } = claimed();
  const mine = { ...context, who: TOM };
  expect(isRefusal(takeOver(entries, { ...mine, form: { reason: '.' } }))).toBe(true);
  const reason = { reason: 'Amina is on leave from today' };
  add(takeOver(entries, { ...mine, form: reason }), TOM);
  expect(readDeskCase(entries)).toMatchObject({ claimedBy: TOM, claimants: ['amina', 'tom'], state: 'claimed' });
  expect(takeOver(entries, { ...mine, form: reason })).toEqual([]);
});

it('the number of the case system is stored and can be searched', () => {
  const { entries, add, context } = claimed();
  add(recordCaseNumber(entries, { ...context, form: { caseNumber: 'LCS 98765' } }), AMINA);
  expect(readDeskCase(entries)?.caseNumber).toMatchObject({ caseNumber: 'LCS 98765', who: AMINA });
  expect(wordsOf(entries)).toContain('LCS 98765');
});

it('a task can be marked as done by the person who has it, who gave it, or a manager, and by nobody else', () => {
  const given = () => {
    const { entries, add, context } = claimed();
    add(setTask(entries, { ...context, form: { do: 'Visit', to: 'tom', by: 'tomorrow at 9:00' } }), AMINA);
    const deadline = openDeadlines(readDeskCase(entries) as never).find(({ id }) => id.startsWith('task_'))?.id ?? '';
    return { entries, add, form: { deadline, note: 'I was there' } };
  };
  const stranger = { id: 'ben', name: 'Ben Hay', role: 'duty worker' };
  const { entries, form } = given();
  expect(doTask(entries, { form, who: stranger, desk, now: NOW })).toMatchObject({
    refused: 'conflict',
    message: 'Only Tom Reid, whoever gave the task, or a manager marks it as done',
  });
  // It cannot be met like other deadlines either, whoever has the consultation.
  expect(isRefusal(meetDeadline(entries, { form, who: AMINA }))).toBe(true);
  for (const who of [TOM, AMINA, MAY]) {
    const { entries, add, form } = given();
    add(doTask(entries, { form, who, desk, now: NOW }), who);
    const met = readDeskCase(entries)?.deadlines.find(({ id }) => id === form.deadline)?.met;
    expect([who.name, met?.note]).toEqual([who.name, 'I was there']);
    expect(doTask(entries, { form, who, desk, now: NOW })).toEqual([]);
  }
});

it('the timetable’s figure counts only its own steps: no tasks, second signatures or pathway times', () => {
  const { entries, add, context } = claimed();
  const steps = () => countConsultation(entries)?.facts['deadline steps'];
  const without = steps();
  add(setTask(entries, { ...context, form: { do: 'Visit', to: 'tom', by: 'tomorrow at 9:00' } }), AMINA);
  const soon = (id: string) => ({ id, do: 'Do it', who: 'somebody', by: '2026-11-20T10:30:00.000Z' });
  const opened = { team: 'Complex Safeguarding', referred: '2026-11-20', why: 'A referral' };
  add([{ kind: 'pathway opened', ...opened, deadlines: [soon('first_visit')] }], AMINA);
  add([{ kind: 'outcome countersigned', signed: 'yes', reason: '', deadlines: [soon(COUNTERSIGNATURE)] }], AMINA);
  expect(steps()).toBe(without);
  add([{ kind: 'reopened', news: 'He is back', deadlines: [soon('told_again')] }], AMINA);
  expect(steps()).toBe('open 2026-11-20T10:30:00.000Z');
});

it('a task is shown in the queue to the colleague who has it, until it is done', () => {
  const { entries, add, context } = claimed();
  add(setTask(entries, { ...context, form: { do: 'Visit', to: 'tom', by: 'tomorrow at 9:00' } }), AMINA);
  const [task] = describeLine('c', entries, findFlow)?.tasks ?? [];
  expect(task).toEqual({
    to: 'tom',
    name: 'Tom Reid',
    from: 'Amina Shah',
    do: 'Visit',
    by: '2026-11-21T09:00:00.000Z',
  });
  const deadline = openDeadlines(readDeskCase(entries) as never).find(({ id }) => id.startsWith('task_'))?.id ?? '';
  add(doTask(entries, { form: { deadline }, who: TOM, desk, now: NOW }), TOM);
  expect(describeLine('c', entries, findFlow)?.tasks).toEqual([]);
});

it('a take-over from a page that showed another worker does nothing', () => {
  const { entries, add, context } = claimed();
  const form = { reason: 'Amina is on leave from today', seen: String(entries.length) };
  add(takeOver(entries, { ...context, who: TOM, form }), TOM);
  // A second colleague with the same old page, and the first one's form again once the second has it.
  expect(takeOver(entries, { ...context, who: MAY, form })).toMatchObject({
    refused: 'conflict',
    message: expect.stringContaining('Tom Reid has it now'),
  });
  add(takeOver(entries, { ...context, who: MAY, form: { ...form, seen: String(entries.length) } }), MAY);
  expect(takeOver(entries, { ...context, who: TOM, form })).toMatchObject({ refused: 'conflict' });
  expect(readDeskCase(entries)?.claimedBy).toEqual(MAY);
});
