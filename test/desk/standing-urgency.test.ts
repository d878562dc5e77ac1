/** Recording an outcome makes nothing less urgent, and an answer without an outcome leaves something due. */
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import { reopen, reply } from '../../server/desk/aftercare.ts';
import { askDutyWorker, takeCall } from '../../server/desk/claiming.ts';
import { ASKS_DANGER, withDangerAgain } from '../../server/desk/danger-again.ts';
import { paceOf } from '../../server/desk/pace.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { lowerUrgency } from '../../server/desk/urgency.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { toRow } from '../../server/store/queue-row-mapping.ts';
import { AMINA, createCase, findFlow, NOW } from './desk-world.ts';

const flow = findFlow() as Flow;

const LATER = { at: '2026-11-20T12:00:00.000Z', today: '2026-11-20' };
const TOLD: Happening[] = [{ kind: 'told', spokeTo: 'MASH', when: 'today', reference: '' }];
const OUTCOME: Happening[] = [
  {
    kind: 'outcome recorded',
    outcome: 'advice_only',
    words: 'Advice only',
    reason: 'Known elsewhere',
    decidedBy: 'Amina Shah',
    level: 5,
    advised: '',
    deadlines: [],
  },
];

function call(answers: Record<string, string>) {
  const world = createCase();
  const { entries, add, desk } = world;
  add(takeCall({ contact: '0161 496 0001' }, { desk, now: NOW, urgent: false, pace: 'not known' }), AMINA);
  add(
    Object.entries(answers).map(([question, answer]) => ({ kind: 'answered', question, answer }) as const),
    AMINA,
  );
  const line = () => {
    const row = describeLine('c', entries, findFlow);
    if (row === undefined) throw new Error('no row');
    return row;
  };
  const answerThem = (at = NOW.at) => add(reply(entries, { how: `at ${at}`, answer: 'Telephone MASH' }), AMINA, at);
  const news = (danger: string) => {
    const form = { news: 'The school rang', danger, ...ASKS_DANGER };
    const happenings = withDangerAgain(entries, { form, flow, ...LATER }, (all) =>
      reopen(all, form, { desk, now: LATER, pace: paceOf(flow, all) }),
    );
    add(happenings, AMINA, LATER.at);
  };
  return { ...world, line, answerThem, news };
}

const DANGER = { immediate_danger: 'yes', danger_reported: 'called' };

describe('danger, with an outcome', () => {
  it.each([
    ['answered first', ['answer', 'tell']],
    ['told first', ['tell', 'answer']],
  ])('comes first until the asker is answered and children’s services are told: %s', (_, order) => {
    const { add, line, answerThem } = call(DANGER);
    const before = toRow(line()).urgent;
    add(OUTCOME, AMINA);
    for (const step of order) {
      expect(line()).toMatchObject({ state: 'closed', urgency: 'danger', danger: 'now' });
      expect([toRow(line()).urgent, line().due]).toEqual([before, expect.any(String)]);
      if (step === 'tell') add(TOLD, AMINA);
      else answerThem();
    }
    expect(line()).toMatchObject({ urgency: 'none', danger: '', urgentSince: null });
  });

  it('still says what has to be done if the area sets no time', () => {
    const { add, line, answerThem } = call(DANGER);
    add(OUTCOME, AMINA);
    answerThem();
    expect(line()).toMatchObject({ dueBy: null, dueWhat: expect.stringContaining('children’s services are told') });
  });

  it('can be lowered by a person with a reason even then', () => {
    const { entries, add, line } = call(DANGER);
    add(OUTCOME, AMINA);
    add(lowerUrgency(entries, { to: 'none', reason: 'It was a test call, and no child was named' }, flow), AMINA);
    expect(line()).toMatchObject({ urgency: 'none', danger: '' });
  });

  it('that is new is not settled by an earlier answer or telling', () => {
    const { add, line, answerThem, news } = call({ immediate_danger: 'no' });
    answerThem();
    add(TOLD, AMINA);
    add(OUTCOME, AMINA);
    expect(line().urgency).toBe('none');
    news('yes');
    add(OUTCOME, AMINA, LATER.at);
    expect(line()).toMatchObject({ state: 'closed', danger: 'now', newsUntold: true });
    answerThem(LATER.at);
    expect(line().danger).toBe('now');
    add(TOLD, AMINA, LATER.at);
    expect(line().danger).toBe('');
  });

  it('is not cleared by today’s answer before it is settled', () => {
    const { add, line, news } = call(DANGER);
    add(OUTCOME, AMINA);
    news('no');
    expect(line()).toMatchObject({ urgency: 'danger', danger: 'taken back' });
  });
});

it('unknown danger is due at once, as its tag says', () => {
  const { add, line, answerThem, news } = call({ immediate_danger: 'no' });
  answerThem();
  add(OUTCOME, AMINA);
  news('unknown');
  expect(line()).toMatchObject({ danger: 'not known', dueWithin: 'at once', dueBy: '2026-11-20T12:30:00.000Z' });
});

it('after an answer without an outcome, the outcome is due when the answer was', () => {
  const { add, line, answerThem } = call({ immediate_danger: 'no' });
  const owed = line();
  answerThem();
  expect(line()).toMatchObject({ dueWhat: 'Record the outcome', dueBy: owed.dueBy, dueWithin: owed.dueWithin });
  add(OUTCOME, AMINA);
  expect(line()).toMatchObject({ due: null, dueWhat: null });
});

it('orders known danger, possible danger, what has to be done at once, what was not asked, and what is not finished', () => {
  const atOnce = call({ immediate_danger: 'no' });
  atOnce.add(
    askDutyWorker(
      atOnce.entries,
      { question: 'For you?', reach: '0161 496 0001' },
      { desk: atOnce.desk, now: NOW, urgent: true },
    ),
  );
  const decided = call({ immediate_danger: 'no' });
  decided.add(OUTCOME, AMINA);
  const places = [
    call(DANGER),
    call({ immediate_danger: 'unknown', danger_seen: 'unknown' }),
    call({ immediate_danger: 'unknown' }),
    atOnce,
    call({}),
    call({ immediate_danger: 'no' }),
    decided,
  ].map(({ line }) => toRow(line()).urgent);
  expect(places).toEqual([...new Set(places)].sort((a, b) => Number(b) - Number(a)));
});
