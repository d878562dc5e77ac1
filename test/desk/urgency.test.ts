import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../server/consultation/entry.ts';
import { askDutyWorker, claim, takeCall } from '../../server/desk/claiming.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { lowerUrgency, readUrgency, type Urgency } from '../../server/desk/urgency.ts';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { AMINA, createCase, entryOf, findFlow, library, NOW } from './desk-world.ts';

const ASK = { question: 'Is this for you?', reach: '0161 496 0001' };
const REASON = 'The school has seen him: he is safe with his grandmother';

function open(how: 'asked' | 'by telephone' = 'asked') {
  const world = createCase();
  const context = { desk: world.desk, now: NOW, urgent: false };
  const begin = () => {
    if (how === 'by telephone') return world.add(takeCall({}, context), AMINA);
    world.add(askDutyWorker(world.entries, ASK, context));
    return world.add(claim(world.entries, AMINA), AMINA);
  };
  const answer = (question: string, given: string, who?: typeof AMINA) =>
    world.add([{ kind: 'answered', question, answer: given }], who);
  const urgency = () => describeLine('c', world.entries, findFlow)?.urgency;
  const lower = (form: Record<string, string>) => {
    const flow = findFlow();
    if (flow === undefined) throw new Error('no flow');
    return lowerUrgency(world.entries, form, flow);
  };
  return { ...world, begin, answer, urgency, lower };
}

describe('urgency', () => {
  it('follows the answers, whoever gives them, before or after asking, and on the telephone', () => {
    const before = open();
    before.answer('immediate_danger', 'yes');
    before.begin();
    expect(before.urgency()).toBe('danger');

    for (const [how, who] of [
      ['asked', undefined],
      ['asked', AMINA],
      ['by telephone', AMINA],
    ] as const) {
      const after = open(how);
      after.begin();
      expect(after.urgency()).toBe('none');
      after.answer('immediate_danger', 'yes', who);
      expect(after.urgency()).toBe('danger');
    }
  });

  it('is never lowered by an answer', () => {
    const { begin, answer, urgency } = open();
    begin();
    answer('immediate_danger', 'yes');
    answer('immediate_danger', 'no');
    expect(urgency()).toBe('danger');
  });

  it('is lowered by a person with a reason, and stays lowered while the answers stay the same', () => {
    const { begin, answer, urgency, lower, add, entries } = open();
    begin();
    answer('immediate_danger', 'yes');
    const refused = lower({ to: 'none' });
    expect(isRefusal(refused) && Object.keys(refused.fields ?? {})).toEqual(['reason']);
    add(lower({ to: 'at once', reason: REASON }), AMINA);
    expect(readUrgency(entries, findFlow)).toMatchObject({
      urgency: 'at once',
      lowered: { by: AMINA, reason: REASON },
    });
    answer('child_age', '14');
    expect(urgency()).toBe('at once');
    expect(lower({ to: 'at once', reason: REASON })).toEqual([]);
  });

  it('is raised again when the danger comes back', () => {
    const { begin, answer, urgency, lower, add } = open();
    begin();
    answer('immediate_danger', 'yes');
    add(lower({ to: 'none', reason: REASON }), AMINA);
    answer('immediate_danger', 'no');
    answer('immediate_danger', 'yes');
    expect(urgency()).toBe('danger');
  });

  it('cannot be raised or kept with the form that lowers it', () => {
    const { begin, answer, lower } = open();
    begin();
    answer('immediate_danger', 'yes');
    expect(lower({ to: 'danger', reason: REASON })).toMatchObject({ refused: 'invalid' });
  });
});

/** Meanings for which the floor demands 999: that it is called, or that its number is visible. */
function meaningsOfDanger(): string[] {
  const rules = Object.values(library.areas.get('national')?.content.floor?.value.floor ?? {});
  return rules.flatMap(({ whenever, always }) => {
    const leadsTo999 = String(always?.police) === 'call 999' || String(always?.['a contact of']) === 'police_999';
    const means = (whenever.means ?? []) as string | string[] | { 'all of'?: string[] };
    const all = typeof means === 'string' ? [means] : Array.isArray(means) ? means : (means['all of'] ?? []);
    return leadsTo999 && all.length === 1 ? all : [];
  });
}

/** The urgency once the answers of a worked case have this meaning and no later answer has been given. */
function urgencyAt(meaning: string): Urgency[] {
  const flows = [...library.areas.values()].flatMap((area) => [...area.flows.values()]);
  return flows
    .filter(({ reader }) => reader === 'professional')
    .flatMap((flow) =>
      walkCases(library, flow, CONTENT_DAY).map(({ answers }) => ({ flow, given: Object.entries(answers) })),
    )
    .flatMap(({ flow, given }) => {
      const means = (count: number) => walk(flow, Object.fromEntries(given.slice(0, count))).means.includes(meaning);
      const count = given.findIndex((_, index) => means(index + 1)) + 1;
      if (count === 0) return [];
      const opened = { kind: 'opened', area: flow.area.id, flow: flow.id, version: 'v1', reference: 'X' } as const;
      const answered = given
        .slice(0, count)
        .map(([question, answer]) => ({ kind: 'answered', question, answer }) as const);
      const entries = [opened, ...answered].map((what, index) => entryOf(index + 1, what, { by: 'professional' }));
      return [readUrgency(entries, () => flow).urgency];
    });
}

describe('what means danger', () => {
  it('is every meaning that the floor sends to 999, as soon as an answer has it', () => {
    const meanings = meaningsOfDanger();
    expect(meanings).toEqual(expect.arrayContaining(['danger_now', 'danger_in_doubt']));
    for (const meaning of new Set(meanings))
      expect([meaning, [...new Set(urgencyAt(meaning))]]).toEqual([meaning, ['danger']]);
  });

  it('is reported if a meaning is missing', () => {
    expect(urgencyAt('neglect')).toContain('none');
  });
});

describe('a question to the desk that is sent again', () => {
  it('does not reopen what the desk has closed, unless its page showed that', () => {
    const { entries, add, begin, desk } = open();
    begin();
    const deadlines: [] = [];
    const outcome = { outcome: 'advice_only', words: 'Advice only', reason: '', decidedBy: 'A', level: 0, advised: '' };
    add([{ kind: 'outcome recorded', ...outcome, deadlines } as never], AMINA);
    const context = { desk, now: NOW, urgent: false };
    expect(askDutyWorker(entries, ASK, context)).toEqual([]);
    expect(askDutyWorker(entries, { ...ASK, seen: '1' }, context)).toEqual([]);
    expect(askDutyWorker(entries, { ...ASK, seen: String(entries.length) }, context)).toHaveLength(1);
  });
});
