/** The worked cases and the numbered rules of the real flows. */
import { describe, expect, it } from 'vitest';
import { carriedRequirements, isCarried } from '../../server/flow/check/requirement-coverage.ts';
import { sizeOf, walkCases } from '../../server/flow/compare/worked-cases.ts';
import { coverageOf } from '../../server/flow/prove/case-coverage.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { lengthsOf } from '../../server/flow/prove/lengths.ts';
import { NATIONAL } from '../../server/flow/words.ts';
import { loadReal } from '../real-content.ts';
import { TODAY } from './small-content.ts';

const library = loadReal();
const doors = [...library.areas].flatMap(([area, read]) =>
  [...read.flows.values()]
    .filter(({ id }) => read.content.flows.has(id))
    .map((flow) => ({ name: `${area}/${flow.id}`, flow })),
);

describe('the worked cases', () => {
  it.each(doors)('go through every step, answer, "I don’t know" and end of $name', ({ flow }) => {
    const ways = walkCases(library, flow, TODAY).map(({ position }) => position);
    expect(coverageOf(runInterview(flow, []), ways).missing).toEqual([]);
  });

  it.each(doors)('reach a result of $name in at most twelve questions as a rule', ({ flow }) => {
    const { asked } = sizeOf(flow, walkCases(library, flow, TODAY));
    expect(asked?.median).toBeLessThanOrEqual(12);
    expect(lengthsOf(runInterview(flow, [])).median).toBeLessThanOrEqual(12);
  });

  it('are there for the flows that hold everywhere too', () => {
    expect(doors.some(({ name }) => name.startsWith(NATIONAL))).toBe(true);
  });
});

describe('the numbered rules of the documents', () => {
  it('are each carried by a flow and a case, or decide nothing and say why', () => {
    const rules = carriedRequirements(library);
    expect(rules).toHaveLength(64);
    expect(rules.filter((rule) => !isCarried(rule)).map(({ id }) => id)).toEqual([]);
  });
});
