/** What happens to answers when a consultation continues in a newer version of its flow. */
import { describe, expect, it } from 'vitest';
import { carryOver } from '../../server/consultation/carry-over.ts';
import { moveToVersion } from '../../server/consultation/interview.ts';
import { loadLibrary, type Retired } from '../../server/flow/check/library.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { versionOf } from '../../server/flow/language/version.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { TODAY, town } from '../flow/small-content.ts';

type Change = (text: string) => string;

function flowOf(change: Change = (text) => text, retired = ''): { flow: Flow; retired?: Retired | undefined } {
  const files = town({ 'worry.yaml': change, ...(retired !== '' && { 'retired.yaml': retired }) });
  const { library, problems } = loadLibrary(files, TODAY);
  expect(problems.filter(({ kind }) => kind === 'error')).toEqual([]);
  const area = library.areas.get('town');
  const flow = area?.flows.get('worry');
  if (flow === undefined) throw new Error('the town has no flow');
  return { flow, retired: area?.retired };
}

const before = flowOf().flow;
const ANSWERS: Answers = { danger: 'no', signs: ['bruise', 'late'] };
const GONE = (more = '') => `{ on: 2026-11-26, why: it was unclear${more} }`;

function carried(change: Change, retired: string, answers: Answers = ANSWERS) {
  const after = flowOf(change, retired);
  return carryOver({ before, after: after.flow, retired: after.retired }, answers);
}

const renamed: Change = (text) => text.replace('Which signs?', 'What have you seen?').replaceAll('signs', 'signs_seen');

describe('an answer', () => {
  it('stays as it is if its question does, without a message', () => {
    expect(carried((text) => text.replace('Is there danger?', 'Is anybody in danger?'), '')).toEqual({
      answers: [],
      told: [],
    });
  });

  it('moves with its question to the new name', () => {
    expect(carried(renamed, `retired:\n  signs: ${GONE(', renamed to: signs_seen')}\n`)).toEqual({
      answers: [{ question: 'signs_seen', answer: ['bruise', 'late'] }],
      told: ['“Which signs?” is now asked as “What have you seen?”. Your answer stands there.'],
    });
  });

  it('follows a chain of names, and stops at a circle', () => {
    const [first, second] = ['signs_noticed', 'signs_seen'].map((to) => GONE(`, renamed to: ${to}`));
    expect(carried(renamed, `retired:\n  signs: ${first}\n  signs_noticed: ${second}\n`).answers).toEqual([
      { question: 'signs_seen', answer: ['bruise', 'late'] },
    ]);
    const circle = {
      signs: { on: '', why: 'x', 'renamed to': 'other' },
      other: { on: '', why: 'x', 'renamed to': 'signs' },
    };
    const { flow } = flowOf();
    expect(carryOver({ before, after: flow, retired: { questions: circle, options: {} } }, ANSWERS).answers).toEqual(
      [],
    );
  });

  it('to a removed question is reported, with the reason', () => {
    expect(carried(renamed, `retired:\n  signs: ${GONE()}\n`).told).toEqual([
      '“Which signs?” is not asked any more (it was unclear). Your answer counts no longer; it stays in the record.',
    ]);
    expect(carried(renamed, '').told).toEqual([
      '“Which signs?” is not asked any more. Your answer counts no longer; it stays in the record.',
    ]);
  });

  it('moves with a renamed option; two options that became one are ticked once', () => {
    const options: Change = (text) => text.replace('late:', 'often_late:');
    const renaming = (to: string) =>
      `retired: {}\nretired options:\n  signs:\n    late: ${GONE(`, renamed to: ${to}`)}\n`;
    expect(carried(options, renaming('often_late'))).toEqual({
      answers: [{ question: 'signs', answer: ['bruise', 'often_late'] }],
      told: ['“Which signs?”: an answer of yours has another name now. It stands.'],
    });
    expect(carried(options, renaming('bruise')).answers).toEqual([{ question: 'signs', answer: ['bruise'] }]);
  });

  it('with a removed option is asked again, and that is reported', () => {
    const options: Change = (text) => text.replace('late:', 'often_late:');
    expect(carried(options, `retired: {}\nretired options:\n  signs:\n    late: ${GONE()}\n`)).toEqual({
      answers: [],
      told: ['“Which signs?”: your answer is no longer among the choices. You are asked again.'],
    });
    expect(carried(options, '', { danger: 'no', signs: ['bruise'] }).told).toEqual([]);
  });

  it('does not replace an answer that was given under the new name', () => {
    const both = { ...ANSWERS, danger: 'no', signs_seen: ['late'] };
    const old = flowOf((text) => text).flow;
    const after = flowOf(renamed, `retired:\n  signs: ${GONE(', renamed to: signs_seen')}\n`);
    const { answers, told } = carryOver({ before: old, after: after.flow, retired: after.retired }, both);
    expect(answers).toEqual([]);
    expect(told).toEqual([expect.stringContaining('is not asked any more')]);
  });

  it('that no longer counted before is not mentioned', () => {
    expect(carried((text) => text, '', { ...ANSWERS, gone_long_ago: 'yes' })).toEqual({ answers: [], told: [] });
  });
});

it('moving records what happened to the answers, and then the renamed ones again, only once', () => {
  const after = flowOf(renamed, `retired:\n  signs: ${GONE(', renamed to: signs_seen')}\n`);
  const entry = (number: number, what: object) => ({
    number,
    at: '2026-11-26T10:00:00.000Z',
    by: 'professional',
    what,
  });
  const entries = [
    entry(1, { kind: 'opened', area: 'town', flow: 'worry', version: versionOf(before), reference: 'T 1' }),
    entry(2, { kind: 'answered', question: 'danger', answer: 'no' }),
    entry(3, { kind: 'answered', question: 'signs', answer: ['late'] }),
  ] as Parameters<typeof moveToVersion>[0];
  const versions = { before, after: after.flow, retired: after.retired };
  const happened = moveToVersion(entries, versions, 'A review');
  expect(happened).toEqual([
    {
      kind: 'moved',
      version: versionOf(after.flow),
      why: 'A review',
      told: ['“Which signs?” is now asked as “What have you seen?”. Your answer stands there.'],
    },
    { kind: 'answered', question: 'signs_seen', answer: ['late'] },
  ]);
  const later = happened.map((what, index) => entry(4 + index, what)) as Parameters<typeof moveToVersion>[0];
  expect(moveToVersion([...entries, ...later], versions, 'A review')).toEqual([]);
});
