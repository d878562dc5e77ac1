import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../server/flow/question-types/question-types.ts';
import { createWalkKeeper } from '../../server/flow/walk/kept-walks.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { loadReal } from '../real-content.ts';

const library = loadReal();
const flows = [...library.areas.values()].flatMap((area) => [...area.flows.values()]);
const [flow] = flows;
if (flow === undefined) throw new Error('there is no flow');

/** Answers for up to this many questions: the first option of each, or the last. */
function answerFrom(of: typeof flow, most: number, last: boolean) {
  const answers: Record<string, string | string[] | number> = {};
  for (let given = 0; given < most; given++) {
    const { at } = walk(of as NonNullable<typeof of>, answers);
    if (at.kind === 'end') break;
    const { id, type, options } = at.question;
    const option = (last ? options.at(-1) : options[0])?.id ?? 'unknown';
    answers[id] = type === 'several of' ? [option] : option;
  }
  return answers;
}

describe('cached walks', () => {
  it('lead to the same position as a fresh walk, at every step and with others in between', () => {
    const keep = createWalkKeeper();
    for (const _round of ['first', 'again'])
      for (const one of flows)
        for (const last of [true, false])
          for (let most = 0; most < 8; most++) {
            const answers = answerFrom(one, most, last);
            expect(keep(one, answers)).toEqual(walk(one, answers));
          }
  });

  it('are one object for the same answers, and another if an answer or the version differs', () => {
    const keep = createWalkKeeper();
    const answers = answerFrom(flow, 3, true);
    const first = keep(flow, answers);
    expect(keep(flow, { ...answers })).toBe(first);
    expect(keep(flow, answerFrom(flow, 2, true))).not.toBe(first);
    expect(keep(structuredClone(flow), answers)).not.toBe(first);
  });

  it('are not kept if an answer is text, or no longer fits its question', () => {
    const keep = createWalkKeeper();
    const asksForWords = structuredClone(flow);
    const [open] = Object.keys(answerFrom(flow, 1, true)).map((one) => asksForWords.questions[one]);
    if (open === undefined) throw new Error('the flow asks nothing');
    open.type = 'short text';
    expect(rulesOf(open).decides).toBe(false);
    const words = { [open.id]: 'Sam said so' };
    expect(keep(asksForWords, words)).not.toBe(keep(asksForWords, words));
    const [id = ''] = Object.keys(answerFrom(flow, 1, true));
    const stale = { [id]: 'typed when it was a box' };
    expect(keep(flow, stale)).not.toBe(keep(flow, stale));
  });

  it('are dropped for others, the least recently used first', () => {
    const keep = createWalkKeeper();
    const answers = answerFrom(flow, 3, true);
    const first = keep(flow, answers);
    const elsewhere = Array.from({ length: 250 }, (_, index) => ({
      ...flow,
      area: { ...flow.area, id: `area_${index}` },
    }));
    for (const other of elsewhere.slice(0, 150)) keep(other, {});
    expect(keep(flow, answers)).toBe(first);
    for (const other of elsewhere) keep(other, {});
    expect(keep(flow, answers)).not.toBe(first);
  });
});
