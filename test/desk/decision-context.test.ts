import { describe, expect, it } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import { decisionContext } from '../../server/desk/decision-context.ts';
import { isUrgent } from '../../server/desk/urgency.ts';
import { loadReal } from '../real-content.ts';
import { createCase, NOW } from './desk-world.ts';

const library = loadReal();

/** Every worked case of a flow for professionals, with where its answers lead. */
const cases = [...library.areas].flatMap(([area, { cases: own, flows, desk }]) =>
  [...own].flatMap(([id, { flow: name, answers }]) => {
    const flow = flows.get(name);
    return flow?.reader === 'professional' && desk !== undefined ? [{ area, id, flow, desk, answers }] : [];
  }),
);

function entriesOf({ area, flow, answers }: Pick<(typeof cases)[number], 'area' | 'flow' | 'answers'>) {
  const { entries, add } = createCase(area, flow.id);
  for (const [question, answer] of Object.entries(answers)) add([{ kind: 'answered', question, answer } as Happening]);
  return entries;
}

function find(area: string, flow: string) {
  const known = cases.find((one) => one.area === area && one.flow.id === flow);
  if (known === undefined) throw new Error(`no worked case of ${area}/${flow}`);
  return known;
}

describe('urgent', () => {
  it('is immediate danger and whatever has to be done at once, and nothing else', () => {
    expect(cases.length).toBeGreaterThan(100);
    const urgent = cases.filter((one) => isUrgent(one.flow, entriesOf(one)));
    expect(urgent.length).toBeGreaterThan(10);
    for (const one of cases) {
      const { advisedToday, open } = decisionContext({ ...one, now: NOW }, entriesOf(one));
      const expected =
        (open === undefined && advisedToday?.words === 'at once') ||
        one.answers.immediate_danger === 'yes' ||
        !['undefined', 'none'].includes(String(one.answers.danger_seen));
      expect([one.area, one.id, isUrgent(one.flow, entriesOf(one))]).toEqual([one.area, one.id, expected]);
    }
  });

  it('is nothing before the first answer', () => {
    for (const one of cases) expect(isUrgent(one.flow, entriesOf({ ...one, answers: {} }))).toBe(false);
  });
});

describe('the context of a decision', () => {
  it('before the first answer has no advice, and names the open question', () => {
    const one = find('bolton', 'consultation');
    const context = decisionContext({ ...one, now: NOW }, entriesOf({ ...one, answers: {} }));
    expect(context.advised).toBe('');
    expect([context.open, context.doubts]).toEqual([expect.any(String), []]);
    expect(context).not.toHaveProperty('advisedToday');
  });

  it('names each "I don’t know" as a doubt', () => {
    const unsure = cases.find(({ answers }) => Object.values(answers).includes('unknown'));
    if (unsure === undefined) throw new Error('no worked case has a doubt');
    const { doubts } = decisionContext({ ...unsure, now: NOW }, entriesOf(unsure));
    const [question] = Object.entries(unsure.answers).find(([, answer]) => answer === 'unknown') ?? [];
    expect(doubts).toContain(unsure.flow.questions[question ?? '']?.text);
  });

  it('contains steps for today only if the advice says today or at once', () => {
    const words = cases.map((one) => decisionContext({ ...one, now: NOW }, entriesOf(one)).advisedToday?.words);
    expect([...new Set(words)].sort()).toEqual(['at once', 'today', undefined].sort());
  });
});
