import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../server/consultation/entry.ts';
import { DESK_ACTIONS } from '../../server/desk/actions.ts';
import { dateDeadline, disputeOutcome, meetDeadline, reopen, reply } from '../../server/desk/aftercare.ts';
import { askDutyWorker, claim, handBack, passOn } from '../../server/desk/claiming.ts';
import { countersign } from '../../server/desk/countersigning.ts';
import { recordDecision, reviewReferral } from '../../server/desk/decision.ts';
import { decisionContext } from '../../server/desk/decision-context.ts';
import { openDeadlines, readDeskCase } from '../../server/desk/desk-case.ts';
import { fieldsToAsk } from '../../server/desk/form-fields.ts';
import { toICalendar } from '../../server/desk/icalendar.ts';
import { bringDeadlinesForward } from '../../server/desk/pace.ts';
import { childKey, describeLine, soundOf } from '../../server/desk/queue-row.ts';
import { fillIn } from '../../server/desk/record-fields.ts';
import { fieldsFor } from '../../server/flow/desk.ts';
import type { Answer } from '../../server/flow/walk/answer.ts';
import { AMINA, createCase, deskOf, EXPLOITATION_FIELDS, findFlow, library, MAY, NOW, TOM } from './desk-world.ts';

const ASK = { question: 'Is this for you?', reach: '0161 496 0001' };

function claimed() {
  const world = createCase();
  world.add(askDutyWorker(world.entries, ASK, { desk: world.desk, now: NOW, urgent: false }));
  world.add(claim(world.entries, AMINA), AMINA);
  const fields = fieldsFor(world.desk, 'consultation', 4);
  const context = {
    desk: world.desk,
    now: NOW,
    fields,
    level: 4,
    advised: 'Refer',
    doubts: [] as string[],
    advisedSteps: new Set<string>(),
  };
  return { ...world, fields, context };
}

const FIRST = {
  immediate_danger: 'no',
  who_is_asking: 'other_professional',
  open_to_social_care: 'no',
  child_age: 14,
} as const;
const NONE = ['none'];
const MEDIUM_RISK: Record<string, Answer> = {
  ...FIRST,
  vulnerabilities: NONE,
  indicators: ['gifts'],
  exploitation_kinds: NONE,
  police_matters: NONE,
  exploitation_view: 'medium',
  your_role: 'school',
  agreement: 'given',
};
const PHYSICAL_ABUSE: Record<string, Answer> = {
  ...FIRST,
  concerns: ['physical_abuse'],
  persisting_needs: NONE,
  telling_brings_harm: 'no',
};

describe('handing over', () => {
  it('sets two deadlines within the desk’s usual times, and asks only once', () => {
    const { entries, add, desk } = createCase();
    add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: false }));
    expect(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: false })).toEqual([]);
    const deadlines = readDeskCase(entries)?.deadlines.map(({ id, by }) => [id, by]);
    // Friday 20 November 2026: the next working day is Monday.
    expect(deadlines).toEqual([
      ['claim', '2026-11-20T11:00:00.000Z'],
      ['answer', '2026-11-23'],
    ]);
  });

  it('is urgent at once when the guidance says so', () => {
    const { entries, add, desk } = createCase();
    add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: true }));
    expect(describeLine('c', entries, findFlow)).toMatchObject({
      urgency: 'at once',
      dueBy: '2026-11-20T10:30:00.000Z',
      state: 'waiting',
    });
  });

  it('makes the answer due by the time of the advice, and treats unfinished questions as urgent', () => {
    const due = (pace: 'at once' | 'today' | 'not known') => {
      const { entries, add, desk } = createCase();
      add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: pace === 'at once', pace }));
      return readDeskCase(entries)?.deadlines.map(({ by }) => by);
    };
    expect(due('at once')).toEqual(['2026-11-20T10:30:00.000Z', '2026-11-20T10:30:00.000Z']);
    expect(due('today')).toEqual(['2026-11-20T11:00:00.000Z', '2026-11-20']);
    expect(due('not known')).toEqual(['2026-11-20T10:30:00.000Z', '2026-11-20']);
  });

  it('makes the answer due sooner if a new answer calls for it, and never later', () => {
    const { entries, add, desk } = createCase();
    add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: false }));
    const flow = findFlow();
    if (flow === undefined) throw new Error('no flow');
    const danger = [{ kind: 'answered', question: 'immediate_danger', answer: 'yes' }] as const;
    const safe = [{ kind: 'answered', question: 'immediate_danger', answer: 'no' }] as const;
    add([...safe, ...bringDeadlinesForward({ flow, desk, now: NOW }, entries, safe)]);
    expect(readDeskCase(entries)?.deadlines.at(-1)?.by).toBe('2026-11-20');
    add([...danger, ...bringDeadlinesForward({ flow, desk, now: NOW }, entries, danger)]);
    // The claim, too, is due from the answer on: on every page, in the calendar and in the figures.
    expect(readDeskCase(entries)?.deadlines).toMatchObject(
      ['claim', 'answer'].map((id) => ({ id, within: 'at once', by: '2026-11-20T10:30:00.000Z' })),
    );
    expect(bringDeadlinesForward({ flow, desk, now: NOW }, entries, safe)).toEqual([]);
  });

  it('keeps a deadline that is already earlier than an urgent one, and marks it as urgent', () => {
    const { entries, add, desk } = createCase();
    add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: false }));
    const flow = findFlow();
    if (flow === undefined) throw new Error('no flow');
    const danger = [{ kind: 'answered', question: 'immediate_danger', answer: 'yes' }] as const;
    const late = { at: '2026-11-20T10:50:00.000Z', today: NOW.today };
    add([...danger, ...bringDeadlinesForward({ flow, desk, now: late }, entries, danger)]);
    expect(readDeskCase(entries)?.deadlines).toMatchObject([
      { id: 'claim', within: 'at once', by: '2026-11-20T11:00:00.000Z' },
      { id: 'answer', within: 'at once', by: '2026-11-20T11:20:00.000Z' },
    ]);
  });

  it('is due sooner if another child of the household is at the highest level', () => {
    const { entries, add, desk } = createCase();
    add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: false }));
    add(claim(entries, AMINA), AMINA);
    const flow = findFlow();
    if (flow === undefined) throw new Error('no flow');
    const form = { name: '', age: '3', childLevel: String(flow.area.scale.length), note: 'Hit with a belt' };
    const context = { form, who: AMINA, colleagues: [], flow, desk, fields: [], now: NOW };
    add(DESK_ACTIONS['household-children'].decide(entries, context), AMINA);
    expect(describeLine('c', entries, findFlow)).toMatchObject({ dueWithin: 'at once', urgency: 'at once' });
  });

  it('needs a question and a way to reach the asker', () => {
    const { entries, desk } = createCase();
    const refused = askDutyWorker(entries, {}, { desk, now: NOW, urgent: false });
    expect(isRefusal(refused) && Object.keys(refused.fields ?? {})).toEqual(['question', 'reach']);
  });
});

describe('claiming', () => {
  it('lets one win and tells the other who has it', () => {
    const { entries } = claimed();
    expect(claim(entries, AMINA)).toEqual([]);
    expect(claim(entries, TOM)).toEqual({ refused: 'conflict', message: 'Amina Shah has claimed it' });
  });

  it('can be handed back and passed on; after handing back, it has to be claimed again in time', () => {
    const { entries, add } = claimed();
    add(passOn(entries, { to: 'tom', reason: 'I go home' }, [TOM, MAY]), AMINA);
    expect(readDeskCase(entries)).toMatchObject({ claimedBy: TOM, claimants: ['amina', 'tom'] });
    add(handBack(entries, {}), TOM);
    expect(readDeskCase(entries)?.state).toBe('waiting');
    expect(describeLine('c', entries, findFlow)).toMatchObject({ worker: null, dueBy: '2026-11-20T11:00:00.000Z' });
    expect(handBack(entries, {})).toMatchObject({ refused: 'conflict' });
  });
});

describe('the outcome', () => {
  it('needs the fields that the area requires, and names each missing one', () => {
    const { entries, context } = claimed();
    const refused = recordDecision(entries, { outcome: 'referral_agreed', decidedBy: 'Amina' }, context);
    expect(isRefusal(refused) && Object.keys(refused.fields ?? {})).toEqual([
      'field-signs',
      'field-cumulative',
      'field-open_to_social_care',
      'field-nrm',
      'field-concern',
    ]);
  });

  it('that protects a child now waits for no field: what is missing is due today', () => {
    const { entries, add, desk, fields, context } = claimed();
    const form = { outcome: 'referral_agreed', decidedBy: 'Amina' };
    add(recordDecision(entries, form, { ...context, pace: 'at once' }), AMINA);
    const open = () => openDeadlines(readDeskCase(entries) as never);
    const filling = () => open().filter(({ id }) => id.startsWith('fill_'));
    expect(filling().map(({ id, by }) => [id, by])).toContainEqual(['fill_nrm', NOW.today]);
    expect(open().find(({ id }) => id === 'told')?.by).toBe('2026-11-20T10:30:00.000Z');
    const asked = () => fieldsToAsk({ fields, deskCase: readDeskCase(entries) as never }).map(({ id }) => id);
    expect(asked()).toContain('nrm');
    add(fillIn(entries, fields, EXPLOITATION_FIELDS), AMINA);
    expect([filling(), asked().includes('nrm')]).toEqual([[], false]);
    expect(desk.outcomes.map(({ id }) => id)).toContain('urgent_route');
  });

  it('does not give the advice’s time to a later step', () => {
    const { entries, add, desk } = createCase('bury', 'exploitation');
    add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: false }));
    add(claim(entries, AMINA), AMINA);
    const steps = ['exit_meeting', 'referral_form'];
    const context = {
      desk,
      now: NOW,
      fields: [],
      level: 5,
      advised: 'Refer',
      doubts: [],
      advisedSteps: new Set(steps),
    };
    const advisedToday = { next: steps, words: 'at once' };
    const decided = recordDecision(
      entries,
      { outcome: 'referral_agreed', decidedBy: 'A' },
      { ...context, advisedToday },
    );
    add(decided, AMINA);
    expect(readDeskCase(entries)?.deadlines.find(({ id }) => id === 'exit_meeting')?.by).toBeUndefined();
  });

  it('describes steps as tasks, and gives the advice’s time to a step without one', () => {
    const deadlines = (more: object) => {
      const { entries, add, fields, context } = claimed();
      add(fillIn(entries, fields, EXPLOITATION_FIELDS), AMINA);
      add(recordDecision(entries, { outcome: 'referral_agreed', decidedBy: 'Amina' }, { ...context, ...more }), AMINA);
      return readDeskCase(entries)?.deadlines ?? [];
    };
    expect(deadlines({}).find(({ id }) => id === 'told')?.do).toBe('See that children’s services are told');
    expect(deadlines({}).find(({ id }) => id === 'team_referral')?.by).toBeUndefined();
    const advised = deadlines({ advisedToday: { next: ['team_referral'], words: 'at once' } });
    expect(advised.find(({ id }) => id === 'team_referral')).toMatchObject({
      by: NOW.today,
      words: 'at once, as was advised',
    });
    expect(advised.find(({ id }) => id === 'manager_reviews')?.by).toBeUndefined();
    const file = toICalendar('L 12', advised, NOW.at).replaceAll('\r\n ', '');
    expect(file).toContain('SUMMARY:L 12: See that children’s services are told');
  });

  it.each(['bolton', 'bury', 'stockport'])(
    'of %s: advice “at once” hurries no step that has a time of its own',
    (area) => {
      const { entries, add, desk } = createCase(area, 'exploitation');
      add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: true }));
      add(claim(entries, AMINA), AMINA);
      const { next = [] } = desk.outcomes.find(({ id }) => id === 'referral_agreed') ?? {};
      const advisedToday = { next: next.map(({ id }) => id), words: 'at once' };
      const context = {
        desk,
        now: NOW,
        fields: [],
        level: 4,
        advised: '',
        doubts: [],
        advisedSteps: new Set<string>(),
      };
      const form = { outcome: 'referral_agreed', decidedBy: 'A' };
      add(recordDecision(entries, form, { ...context, advisedToday, pace: 'at once' }), AMINA);
      const set = readDeskCase(entries)?.deadlines ?? [];
      const isLater = ({ within, from = 'consultation' }: { within?: string; from?: string }) =>
        within !== undefined
          ? within !== 'at once' && within !== 'today'
          : !['consultation', 'referral'].includes(from);
      const later = next.filter(isLater).map(({ id }) => id);
      expect(later.length).toBeGreaterThan(0);
      expect(set.filter(({ id, by }) => later.includes(id) && by === NOW.today)).toEqual([]);
    },
  );

  it('of Bury’s MASH sets a step that fits every result of the screening', () => {
    const { next = [] } = deskOf('bury').outcomes.find(({ id }) => id === 'referral_agreed') ?? {};
    const step = next.find(({ id }) => id === 'mash_progression')?.do;
    for (const words of ['exploitation tray', 'Advice and Assessment Team']) expect(step).toContain(words);
  });

  it('of Bury sets the times of the exploitation pathway only if the guidance gave them', () => {
    const { desk } = createCase('bury', 'exploitation');
    const deadlines = (id: string, answers: Record<string, Answer>) => {
      const { entries, add } = createCase('bury', id);
      for (const [question, answer] of Object.entries(answers)) add([{ kind: 'answered', question, answer }]);
      const flow = library.areas.get('bury')?.flows.get(id);
      if (flow === undefined) throw new Error(`Bury has no flow ${id}`);
      add(askDutyWorker(entries, ASK, { desk, now: NOW, urgent: false }));
      add(claim(entries, AMINA), AMINA);
      const context = decisionContext({ flow, desk, now: NOW }, entries);
      add(
        recordDecision(entries, { outcome: 'referral_agreed', decidedBy: 'Amina' }, { ...context, fields: [] }),
        AMINA,
      );
      return readDeskCase(entries)?.deadlines ?? [];
    };
    const pathway = deadlines('exploitation', MEDIUM_RISK);
    const by = Object.fromEntries(pathway.map((deadline) => [deadline.id, deadline.by ?? deadline.from]));
    expect(by).toMatchObject({
      mash_progression: '2026-11-21',
      risk_measurement: '2026-11-27',
      planning_meeting: '2026-11-30',
      exploitation_meetings: 'the first planning meeting',
      exploitation_review: 'the first planning meeting, or the last review',
    });
    expect(pathway.map(({ id }) => id)).toContain('exit_meeting');
    const other = deadlines('level', PHYSICAL_ABUSE).map(({ id }) => id);
    expect(other).toContain('referral_form');
    expect(other).not.toContain('planning_meeting');
  });

  it('asks for the reason of an answer that needs one', () => {
    const { entries, fields } = claimed();
    const refused = fillIn(entries, fields, { ...EXPLOITATION_FIELDS, 'reason-nrm': '' });
    expect(isRefusal(refused) && refused.fields).toEqual({
      'reason-nrm':
        'Write the reason. The record needs it: Referral as a possible victim of modern slavery (National Referral Mechanism)',
    });
  });

  it('writes only what changed', () => {
    const { entries, add, fields } = claimed();
    expect(add(fillIn(entries, fields, EXPLOITATION_FIELDS), AMINA)).toHaveLength(6);
    expect(fillIn(entries, fields, EXPLOITATION_FIELDS)).toEqual([]);
  });

  it('sets the dates of the timetable: referral agreed in Bolton', () => {
    const { entries, add, fields, context, desk } = claimed();
    add(fillIn(entries, fields, EXPLOITATION_FIELDS), AMINA);
    const form = { outcome: 'referral_agreed', decidedBy: 'A. Shah with the social worker', reason: '' };
    add(recordDecision(entries, form, context), AMINA);
    expect(recordDecision(entries, form, context)).toEqual([]);
    // Claimed from a page that still shows it as waiting.
    expect(claim(entries, TOM)).toMatchObject({ refused: 'conflict' });
    const deskCase = readDeskCase(entries);
    const by = Object.fromEntries(deskCase?.deadlines.map((deadline) => [deadline.id, deadline.by]) ?? []);
    expect(by).toMatchObject({ told: '2026-11-23', review_and_allocate: '2026-11-27', referrer_told: '2026-11-23' });
    expect(by.introductory_visit).toBeUndefined();
    add(dateDeadline(entries, { deadline: 'introductory_visit', from: '20 11 2026' }, desk, NOW), AMINA);
    expect(openDeadlines(readDeskCase(entries) as never).at(-1)?.id).not.toBe('introductory_visit');
    add(reviewReferral(entries, { accepted: 'yes', reason: 'The threshold is met' }, context), MAY);
    add([{ kind: 'told', spokeTo: 'The front door', when: 'today', reference: '' }]);
    add(
      meetDeadline(entries, { form: { deadline: 'review_and_allocate', note: 'At the meeting' }, who: AMINA }),
      AMINA,
    );
    add(reply(entries, { how: 'by telephone', answer: 'Agreed' }), AMINA);
    const open = openDeadlines(readDeskCase(entries) as never).map((deadline) => deadline.id);
    expect(open).not.toContain('told');
    expect(open).not.toContain('answer');
    expect(open).not.toContain('manager_reviews');
    expect(open).toContain('referrer_told');
  });

  it('cannot be no further action in doubt, or without a reason', () => {
    const { entries, add, fields, context } = claimed();
    add(fillIn(entries, fields, EXPLOITATION_FIELDS), AMINA);
    const form = { outcome: 'no_further_action', decidedBy: 'A. Shah' };
    const doubting = recordDecision(
      entries,
      { ...form, reason: 'x', certain: 'yes' },
      { ...context, doubts: ['How old?'] },
    );
    expect(isRefusal(doubting) && doubting.fields?.outcome).toMatch(
      /never chosen out of doubt. Not known yet: How old\?/,
    );
    const bare = recordDecision(entries, form, context);
    expect(isRefusal(bare) && Object.keys(bare.fields ?? {})).toEqual(['reason', 'certain']);
    expect(isRefusal(recordDecision(entries, { ...form, reason: 'No sign is left', certain: 'yes' }, context))).toBe(
      false,
    );
  });
});

describe('afterwards', () => {
  function closed() {
    const world = claimed();
    world.add(fillIn(world.entries, world.fields, EXPLOITATION_FIELDS), AMINA);
    const form = { outcome: 'no_further_action', decidedBy: 'A. Shah', reason: 'No sign', certain: 'yes' };
    world.add(recordDecision(world.entries, form, world.context), AMINA);
    return world;
  }

  it('a dispute turns the area’s steps into deadlines, and is shown in the queue', () => {
    const { entries, add, desk } = closed();
    add(disputeOutcome(entries, { why: 'He is missing again' }, desk, NOW));
    const ids = openDeadlines(readDeskCase(entries) as never).map(({ id }) => id);
    expect(ids).toContain('dispute_head_of_service');
    // A standing duty is not a deadline: it would be overdue in the minute in which it is recorded.
    expect(ids).not.toContain('dispute_meanwhile');
    expect(describeLine('c', entries, findFlow)).toMatchObject({ mark: 'disputed', dueBy: '2026-11-23' });
  });

  it('an outcome that needs a signature is as urgent as before, and if refused has to be decided again', () => {
    const { entries, add, desk, fields, context } = claimed();
    add([{ kind: 'answered', question: 'immediate_danger', answer: 'yes' }], AMINA);
    add(fillIn(entries, fields, EXPLOITATION_FIELDS), AMINA);
    const form = { outcome: 'no_further_action', decidedBy: 'A. Shah', reason: 'No sign', certain: 'yes' };
    add(recordDecision(entries, form, { ...context, pace: 'at once' }), AMINA);
    // Due as soon as an urgent claim would be, because the answer waits for it.
    expect(describeLine('c', entries, findFlow)).toMatchObject({
      state: 'closed',
      toCountersign: true,
      urgency: 'danger',
      dueBy: '2026-11-20T10:30:00.000Z',
    });
    add(countersign(entries, { form: { signed: 'no', reason: 'No' }, who: MAY, desk, now: NOW, pace: 'at once' }), MAY);
    expect(describeLine('c', entries, findFlow)).toMatchObject({
      state: 'claimed',
      mark: 'not signed',
      dueBy: '2026-11-20T10:30:00.000Z',
      dueWhat: 'Decide anew: the outcome was not signed',
    });
  });

  it('new information reopens it, and an answer is due again', () => {
    const { entries, add, desk } = closed();
    add(reply(entries, { how: 'by e-mail', answer: 'No' }), AMINA);
    add(countersign(entries, { form: { signed: 'yes' }, who: MAY, desk, now: NOW }), MAY);
    expect(describeLine('c', entries, findFlow)?.due).toBeNull();
    add(reopen(entries, { news: 'A second hotel card' }, { desk, now: NOW }), AMINA);
    expect(describeLine('c', entries, findFlow)).toMatchObject({
      state: 'claimed',
      outcome: null,
      mark: null,
      isNew: true,
      dueBy: '2026-11-23',
    });
  });

  it('new information is shown beside a dispute, to the worker who had it', () => {
    const { entries, add, desk } = closed();
    const tell = { kind: 'told', spokeTo: 'Jo Bell', when: 'today', reference: '' } as const;
    add([tell]);
    add(disputeOutcome(entries, { why: 'She has not eaten' }, desk, NOW));
    expect(describeLine('c', entries, findFlow)).toMatchObject({ mark: 'disputed', isNew: false, newsUntold: false });
    add(askDutyWorker(entries, { ...ASK, question: 'He was seen in the car' }, { desk, now: NOW, urgent: false }));
    const line = { mark: 'disputed', isNew: true, newsUntold: true, worker: null, lastWorker: AMINA.id };
    expect(describeLine('c', entries, findFlow)).toMatchObject(line);
    add([tell]);
    expect(describeLine('c', entries, findFlow)).toMatchObject({ ...line, newsUntold: false });
  });

  it('after the professional asks again, anybody can claim it', () => {
    const { entries, add, desk } = closed();
    add(askDutyWorker(entries, { ...ASK, question: 'He was seen in the car' }, { desk, now: NOW, urgent: false }));
    expect(readDeskCase(entries)).toMatchObject({ state: 'waiting', reopenings: [{ news: 'He was seen in the car' }] });
  });
});

it('a name is recognised however it was typed', () => {
  expect(childKey('  Zoë  O’Neill')).toBe(childKey('o neill, ZOE'));
  expect(childKey('ŁUKASZ OBrien')).toBe(childKey('O’Brien, Lukasz'));
  expect(childKey(' - ')).toBeNull();
  expect(soundOf('ahmed zara')).toBe(soundOf('ahmed zahra'));
  expect(soundOf('jon smith')).toBe(soundOf('john smith'));
  expect(soundOf('sam lee')).not.toBe(soundOf('sam low'));
  expect(soundOf('sam lee')).not.toBe(soundOf('sam'));
});
