import { describe, expect, it } from 'vitest';
import { addCounts, countDifferences, differingCases, NOTHING_COUNTED } from '../../server/flow/compare/compare.ts';
import type { WalkedCase } from '../../server/flow/compare/worked-cases.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { ask, createFlow, createQuestion, end, when } from './small-flow.ts';

type End = Parameters<typeof end>[1];

/** A flow that asks whether there is danger; `danger` and `calm` are what its two ends set. */
function flowOf(danger: End = {}, calm: End = {}, steps = [ask('danger')]): Flow {
  const flow = createFlow(
    [...steps, end('ring', { when: when('danger'), ...danger }), end('watch', calm)],
    [createQuestion('danger'), createQuestion('more')],
  );
  const next = (id: string) => ({ id, do: `Do ${id}`, who: 'you', cite: [] });
  return { ...flow, next: { write: next('write'), visit: next('visit'), wait: next('wait') } };
}

const way = (flow: Flow, id: string, raw: Record<string, string>): WalkedCase => ({
  id,
  story: `Story ${id}`,
  raw,
  answers: raw,
  position: walk(flow, raw),
});

const differences = (older: Flow, newer: Flow, raw: Record<string, string> = { danger: 'yes' }) =>
  differingCases(older, newer, [way(newer, 'one', raw)], '2026-11-22').flatMap((found) => found.differences);

describe('the same answers through two versions', () => {
  it('show nothing if nothing differs', () => {
    expect(differences(flowOf(), flowOf())).toEqual([]);
    expect(differences(flowOf({ next: ['write', 'visit'] }), flowOf({ next: ['visit', 'write'] }))).toEqual([]);
    expect(differences(flowOf({ action: 'Ring' }), flowOf({ action: 'Ring them' }))).toEqual([]);
  });

  it('show the cases with a different outcome, with their story', () => {
    const newer = flowOf({ level: 2 });
    const ways = [way(newer, 'loud', { danger: 'yes' }), way(newer, 'calm', { danger: 'no' })];
    expect(differingCases(flowOf(), newer, ways, '2026-11-22')).toEqual([
      {
        id: 'loud',
        story: 'Story loud',
        differences: [{ topic: 'level', before: 'None', after: 'Level 2, help by one agency' }],
      },
    ]);
  });

  it('show the level by its name, or by its number if it has none', () => {
    expect(differences(flowOf({ level: 3 }), flowOf({ level: 4 }))).toEqual([
      { topic: 'level', before: 'Level 3', after: '4' },
    ]);
  });

  it('show every topic in words', () => {
    const before = flowOf({ parents: 'ask first', police: 'report' });
    const after = flowOf({ parents: 'do not tell', consent: 'needed' });
    expect(differences(before, after)).toEqual([
      { topic: 'parents', before: 'ask first', after: 'do not tell' },
      { topic: 'consent', before: 'Not settled', after: 'needed' },
      { topic: 'police', before: 'report', after: 'Not settled' },
    ]);
  });

  it('show only the next steps that the other lacks', () => {
    expect(differences(flowOf({ next: ['write', 'visit', 'wait'] }), flowOf({ next: ['wait'] }))).toEqual([
      { topic: 'next', before: 'Do write; Do visit', after: 'Nothing more' },
    ]);
    expect(differences(flowOf({ next: ['unnamed'] }), flowOf())).toEqual([
      { topic: 'next', before: 'unnamed', after: 'Nothing more' },
    ]);
  });

  it('show where it ends, or what is still asked', () => {
    const longer = flowOf({}, {}, [ask('danger'), ask('more')]);
    expect(differences(flowOf(), longer)).toEqual([
      { topic: 'end', before: 'Do ring', after: 'A question is still open: Is there more?' },
    ]);
    const other = flowOf({ when: when('danger', 'no') });
    expect(differences(flowOf(), other)).toEqual([{ topic: 'end', before: 'Do ring', after: 'Do watch' }]);
  });
});

describe('consultations that would have a different outcome', () => {
  const count = (own: Flow, other: Flow, ...answers: string[]) =>
    countDifferences(
      own,
      other,
      answers.map((danger): Record<string, string> => (danger === '' ? {} : { danger })),
    );

  it('are counted in total and by topic', () => {
    const other = flowOf({ level: 2, parents: 'ask first' }, { level: 1 });
    expect(count(flowOf(), other, 'yes', 'yes', 'no')).toEqual({
      ended: 3,
      different: 3,
      byTopic: { end: 0, level: 3, parents: 2, consent: 0, police: 0, next: 0 },
    });
    expect(count(flowOf(), flowOf({ level: 2 }), 'yes', 'no')).toMatchObject({ ended: 2, different: 1 });
  });

  it('are counted only if they reached an end', () => {
    expect(count(flowOf(), flowOf({ level: 2 }), '')).toEqual(NOTHING_COUNTED);
    expect(count(flowOf(), flowOf())).toEqual({
      ended: 0,
      different: 0,
      byTopic: { end: 0, level: 0, parents: 0, consent: 0, police: 0, next: 0 },
    });
  });

  it('are added up', () => {
    const one = { ended: 1, different: 2, byTopic: { end: 1, level: 2, parents: 3, consent: 4, police: 5, next: 6 } };
    expect(addCounts(one, one)).toEqual({
      ended: 2,
      different: 4,
      byTopic: { end: 2, level: 4, parents: 6, consent: 8, police: 10, next: 12 },
    });
  });
});
