/**
 * Before the questions are finished, an outcome is compared with the advice that the page shows as the action so far.
 */
import { describe, expect, it } from 'vitest';
import { type Happening, isRefusal } from '../../server/consultation/entry.ts';
import { adviseSoFar, NOT_FINISHED } from '../../server/consultation/provisional-advice.ts';
import type { Form } from '../../server/consultation/recording.ts';
import { askDutyWorker, claim } from '../../server/desk/claiming.ts';
import { recordDecision } from '../../server/desk/decision.ts';
import { decisionContext } from '../../server/desk/decision-context.ts';
import { countConsultation, TO_SIGN } from '../../server/figures/facts.ts';
import type { Flow } from '../../server/flow/flow.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { AMINA, createCase, library, NOW } from './desk-world.ts';

/** Every flow for professionals, with the answers of its worked cases. */
const FLOWS = [...library.areas].flatMap(([area, { flows, desk, cases }]) =>
  [...flows.values()].flatMap((flow) => {
    if (flow.reader !== 'professional' || desk === undefined) return [];
    return [{ area, flow, stories: [...cases.values()].filter((one) => one.flow === flow.id) }];
  }),
);

function firstOf(flow: Flow): string {
  const { at } = walk(flow, {});
  if (at.kind !== 'question') throw new Error(`${flow.id} asks nothing`);
  return at.question.id;
}

/** A consultation that was asked, claimed, and then decided by these forms. */
function claimed({ area, flow }: { area: string; flow: Flow }, answers: Answers) {
  const { entries, add, desk } = createCase(area, flow.id);
  add(Object.entries(answers).map(([question, answer]) => ({ kind: 'answered', question, answer }) as Happening));
  add(askDutyWorker(entries, { question: 'Is it?', reach: '0161' }, { desk, now: NOW, urgent: false }));
  add(claim(entries, AMINA), AMINA);
  const context = { ...decisionContext({ flow, desk, now: NOW }, entries), fields: [] };
  const decide = (form: Form) => recordDecision(entries, { decidedBy: 'Amina Shah', ...form }, context);
  return { entries, add, decide };
}

const MEANT = { outcome: 'advice_only', departs: 'advice_only', reason: 'Her social worker is with her now' };

describe('with a question open', () => {
  it('an outcome that does less than advised so far needs a reason, confirmation and signature, and is counted, whichever question is open', () => {
    let count = 0;
    for (const { area, flow, stories } of FLOWS)
      for (const { answers } of stories) {
        const { [firstOf(flow)]: _, ...rest } = answers;
        const so = adviseSoFar(flow, rest);
        const isUnsure = Object.values(rest).some((answer) => [answer].flat().includes('unknown'));
        if (so === undefined || so.isFinished || isUnsure || !['at once', 'today'].includes(so.within)) continue;
        count++;
        const { entries, add, decide } = claimed({ area, flow }, rest);
        const bare = decide({ outcome: 'advice_only' });
        expect([area, flow.id, isRefusal(bare) && bare.fields]).toEqual([
          area,
          flow.id,
          { reason: expect.stringContaining(so.action), departs: expect.stringContaining(so.action) },
        ]);
        add(decide(MEANT), AMINA);
        expect(entries.at(-1)?.what).toMatchObject({
          departs: 'yes',
          advised: `${so.action}. ${NOT_FINISHED}`,
          ...(area !== 'national' && { signers: ['operational manager'] }),
        });
        expect(countConsultation(entries)?.facts.departure).toBe(area === 'national' ? 'yes' : TO_SIGN);
      }
    expect(count).toBeGreaterThan(50);
  });

  it('it is refused after “I don’t know”, whatever is confirmed', () => {
    for (const where of FLOWS) {
      const refused = claimed(where, { [firstOf(where.flow)]: 'unknown' }).decide(MEANT);
      expect([where.area, where.flow.id, isRefusal(refused) && refused.fields?.outcome]).toEqual([
        where.area,
        where.flow.id,
        expect.stringContaining('never chosen out of doubt'),
      ]);
    }
  });

  it('an outcome that does more is never refused because of doubt', () => {
    for (const where of FLOWS)
      for (const outcome of ['referral_agreed', 'urgent_route']) {
        const { add, decide, entries } = claimed(where, { [firstOf(where.flow)]: 'unknown' });
        add(decide({ outcome }), AMINA);
        expect([where.flow.id, countConsultation(entries)?.facts.departure]).toEqual([where.flow.id, 'no']);
      }
  });
});

it('before the first answer, doing less needs a reason and confirmation, and doing more needs nothing', () => {
  for (const where of FLOWS) {
    const { add, decide, entries } = claimed(where, {});
    const bare = decide({ outcome: 'advice_only' });
    expect([where.flow.id, isRefusal(bare) && Object.keys(bare.fields ?? {})]).toEqual([
      where.flow.id,
      ['reason', 'departs'],
    ]);
    expect(isRefusal(decide({ outcome: 'urgent_route' }))).toBe(false);
    add(decide(MEANT), AMINA);
    expect(entries.at(-1)?.what).toMatchObject({ departs: 'no', advised: '' });
  }
});
