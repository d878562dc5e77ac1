/** The worked cases and the numbered rules of the real flows. */
import { describe, expect, it } from 'vitest';
import { carriedRequirements, isCarried } from '../../server/flow/check/requirement-coverage.ts';
import { sizeOf, walkCases } from '../../server/flow/compare/worked-cases.ts';
import { NATIONAL } from '../../server/flow/national.ts';
import { coverageOf } from '../../server/flow/prove/case-coverage.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { lengthsOf } from '../../server/flow/prove/lengths.ts';
import { loadReal } from '../real-content.ts';
import { TODAY } from './small-content.ts';

const library = loadReal();
const doors = [...library.areas].flatMap(([area, read]) =>
  [...read.flows.values()]
    .filter(({ id }) => read.content.flows.has(id))
    .map((flow) => ({ name: `${area}/${flow.id}`, flow })),
);

/**
 * Who is asking, and what follows from that alone, is the same at every door, so it is enough that every kind of reader
 * is covered at one door of each area.
 */
function isAboutReader(edge: string): boolean {
  if (/\/(leave_parents_to_others|agreement_is_not_yours_to_ask)$/.test(edge)) return true;
  return /\b(about_you|who_is_asking)\//.test(edge) || edge.endsWith(' who_is_asking') || edge.endsWith('/about_you');
}

describe('the worked cases', () => {
  it.each(doors)('cover every step, answer, "I don’t know" and end of $name', ({ flow }) => {
    const ways = walkCases(library, flow, TODAY).map(({ position }) => position);
    expect(coverageOf(runInterview(flow, []), ways).missing.filter((edge) => !isAboutReader(edge))).toEqual([]);
  });

  it.each([...library.areas.keys()])('cover every kind of reader at a door of %s', (area) => {
    const flows = doors.filter(({ name }) => name.startsWith(`${area}/`)).map(({ flow }) => flow);
    const missing = flows
      .filter(({ reader }) => reader === 'professional')
      .map((flow) => {
        const ways = walkCases(library, flow, TODAY).map(({ position }) => position);
        return new Set(coverageOf(runInterview(flow, []), ways).missing.filter(isAboutReader));
      });
    const nowhere = [...(missing[0] ?? [])].filter((edge) => missing.every((other) => other.has(edge)));
    expect(nowhere).toEqual([]);
  });

  it.each(doors)('reach a result of $name in at most twelve questions as a rule', ({ flow }) => {
    const { asked } = sizeOf(flow, walkCases(library, flow, TODAY));
    // The question who is asking takes one more tap, and asks nothing about the child.
    const most = flow.questions.who_is_asking === undefined ? 12 : 13;
    expect(asked?.median).toBeLessThanOrEqual(most);
    expect(lengthsOf(runInterview(flow, [])).median).toBeLessThanOrEqual(most);
  });

  it('exist for the national flows too', () => {
    expect(doors.some(({ name }) => name.startsWith(NATIONAL))).toBe(true);
  });
});

describe('the numbered rules of the documents', () => {
  it('are each covered by a flow and a case, or decide nothing and say why', () => {
    const rules = carriedRequirements(library);
    expect(rules).toHaveLength(64);
    expect(rules.filter((rule) => !isCarried(rule)).map(({ id }) => id)).toEqual([]);
  });
});
