/**
 * When something new is known, today's answer about danger counts and not last week's, and what it makes urgent gets
 * its own deadline.
 */
import { describe, expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import { isRefusal } from '../../server/consultation/entry.ts';
import { reopen, reply } from '../../server/desk/aftercare.ts';
import { askDutyWorker, claim } from '../../server/desk/claiming.ts';
import { ASKS_DANGER, reopenIfUrgent, withDangerAgain } from '../../server/desk/danger-again.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { bringDeadlinesForward, paceOf } from '../../server/desk/pace.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { isUrgent } from '../../server/desk/urgency.ts';
import { AMINA, createCase, findFlow, NOW } from './desk-world.ts';

const MONDAY = { at: '2026-11-23T09:00:00.000Z', today: '2026-11-23' };
const OUTCOME = {
  kind: 'outcome recorded' as const,
  outcome: 'referral_agreed' as const,
  words: 'Referral agreed',
  reason: '',
  decidedBy: 'Amina Shah',
  level: 5,
  advised: '',
  deadlines: [],
};

/**
 * A consultation that was asked on Friday with this answer and, unless `isDecided` is false, decided and answered by
 * the desk.
 */
function asked(danger: 'yes' | 'no', isDecided = true) {
  const flow = findFlow();
  if (flow === undefined) throw new Error('no flow');
  const world = createCase();
  const { entries, add, desk } = world;
  add([{ kind: 'answered', question: 'immediate_danger', answer: danger }]);
  if (danger === 'yes') add([{ kind: 'answered', question: 'danger_reported', answer: 'called' }]);
  const context = { desk, now: NOW, urgent: isUrgent(flow, entries), pace: paceOf(flow, entries) };
  add(askDutyWorker(entries, { question: 'Is it for you?', reach: '0161 496 0001' }, context));
  if (isDecided) {
    add(claim(entries, AMINA), AMINA);
    add([OUTCOME], AMINA);
    add(reply(entries, { how: 'by telephone', answer: 'Agreed' }), AMINA);
    add([{ kind: 'told', spokeTo: 'MASH', when: 'Friday', reference: '' }], AMINA);
  }
  const again = (form: Record<string, string>) =>
    withDangerAgain(entries, { form, flow, ...MONDAY }, (all) =>
      askDutyWorker(all, form, { desk, now: MONDAY, urgent: isUrgent(flow, all), pace: paceOf(flow, all) }),
    );
  const line = () => describeLine('c', entries, findFlow);
  return { ...world, flow, again, line };
}

const NEWS = { question: 'He was seen again', reach: '0161 496 0001', seen: '99', ...ASKS_DANGER };

describe('new information', () => {
  it('has to say whether anybody is in danger today, which can be answered “I don’t know”', () => {
    const { again } = asked('no');
    const refused = again({ ...NEWS, question: '' });
    expect(isRefusal(refused) && Object.keys(refused.fields ?? {})).toEqual(['question', 'danger']);
    expect(isRefusal(again({ ...NEWS, danger: 'unknown' }))).toBe(false);
  });

  it('about danger is due at once from now, even if there was danger before', () => {
    for (const before of ['yes', 'no'] as const) {
      const { add, again, line } = asked(before);
      expect(line()).toMatchObject({ urgency: 'none', danger: '' });
      add(again({ ...NEWS, danger: 'yes' }), undefined, MONDAY.at);
      const due = { dueWithin: 'at once', dueBy: '2026-11-23T09:30:00.000Z' };
      expect(line()).toMatchObject({ urgency: 'danger', danger: 'now', urgentSince: MONDAY.at, ...due });
    }
  });

  it('with no danger today does not count last week’s danger, once that was decided', () => {
    const { add, again, line, entries } = asked('yes');
    add(again({ ...NEWS, danger: 'no' }), undefined, MONDAY.at);
    expect(line()).toMatchObject({ urgency: 'none', danger: '' });
    // If there is danger again, whether it was reported to the police is asked again, too.
    expect(readConsultation('', entries).answers).toEqual({ immediate_danger: 'no' });
  });

  it('lowers nothing that has not been decided, and postpones nothing', () => {
    const { add, again, line } = asked('yes', false);
    add(again({ ...NEWS, danger: 'no' }), undefined, MONDAY.at);
    expect(line()).toMatchObject({ urgency: 'danger', danger: 'taken back', dueBy: '2026-11-20T10:30:00.000Z' });
  });

  it('without an answer about danger, as from an older page, leaves the urgency unchanged', () => {
    const { add, again, line } = asked('yes');
    const { asks: _, ...older } = NEWS;
    add(again(older), undefined, MONDAY.at);
    expect(line()).toMatchObject({ urgency: 'danger', danger: 'now' });
  });

  it('is recorded once, however often the form is sent', () => {
    const { add, again, entries } = asked('no');
    add(again({ ...NEWS, danger: 'yes', seen: String(entries.length) }), undefined, MONDAY.at);
    expect(again({ ...NEWS, danger: 'yes' })).toEqual([]);
  });

  it('also has to say it if the desk itself reopens', () => {
    const { entries, add, desk, flow, line } = asked('no');
    const form = { news: 'The school rang', danger: 'yes', ...ASKS_DANGER };
    const decided = withDangerAgain(entries, { form, flow, ...MONDAY }, (all) =>
      reopen(all, form, { desk, now: MONDAY, pace: paceOf(flow, all) }),
    );
    add(decided, AMINA, MONDAY.at);
    expect(line()).toMatchObject({ danger: 'now', dueWhat: 'Answer whoever asked', dueBy: '2026-11-23T09:30:00.000Z' });
  });
});

it('an urgent answer while a decision needs a signature makes the signature urgent, too', () => {
  const { entries, add, desk, flow, line } = asked('no', false);
  add(claim(entries, AMINA), AMINA);
  const step = { id: 'countersignature', do: 'Sign it', who: 'a manager', by: '2026-11-24' };
  add([{ ...OUTCOME, signers: ['operational manager'], deadlines: [step] }], AMINA);
  const danger = [{ kind: 'answered', question: 'immediate_danger', answer: 'yes' }] as const;
  add([...danger, ...bringDeadlinesForward({ flow, desk, now: MONDAY }, entries, danger)], undefined, MONDAY.at);
  const due = readDeskCase(entries)?.deadlines.find(({ id }) => id === 'countersignature');
  expect([due?.within, due?.by, line()?.danger]).toEqual(['at once', '2026-11-23T09:30:00.000Z', 'now']);
});

it('an answer reopens a decided consultation only if it makes it urgent', () => {
  const { entries, add, desk, flow, line } = asked('no');
  const times = { flow, desk, now: MONDAY };
  const answer = (question: string, given: string) => [{ kind: 'answered', question, answer: given }] as const;
  expect(reopenIfUrgent(times, entries, answer('child_age', '14'))).toEqual([]);
  const danger = answer('immediate_danger', 'yes');
  add([...danger, ...reopenIfUrgent(times, entries, danger)], undefined, MONDAY.at);
  expect(readDeskCase(entries)?.reopenings.at(-1)?.news).toBe('An answer to the questions was changed: In danger now');
  expect(line()).toMatchObject({ state: 'claimed', danger: 'now', isNew: true, dueWithin: 'at once' });
  expect(reopenIfUrgent(times, entries, answer('danger_reported', 'called'))).toEqual([]);
});
