import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { coverageOf, edgesOf } from '../../server/flow/prove/case-coverage.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { lengthsOf } from '../../server/flow/prove/lengths.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { combinationsOf, type Draw, randomFlow } from './prove-flows.ts';
import { swap, TODAY, town } from './small-content.ts';

function townFlow(changes: Parameters<typeof town>[0] = {}) {
  const flow = loadLibrary(town(changes), TODAY).library.areas.get('town')?.flows.get('worry');
  if (flow === undefined) throw new Error('the town has no flow');
  return flow;
}

describe('what cases cover', () => {
  const flow = townFlow();
  const missing = (...answers: Parameters<typeof walk>[1][]) =>
    coverageOf(
      runInterview(flow, []),
      answers.map((one) => walk(flow, one)),
    ).missing;

  it('is nothing of what is possible if no case was walked', () => {
    expect(missing()).toEqual([
      'taken worry/danger',
      'end worry/call',
      'skipped worry/call',
      'taken worry/signs',
      'end worry/refer',
      'skipped worry/refer',
      'end worry/talk',
      'option danger/yes',
      'option danger/no',
      'unknown danger',
      'option signs/bruise',
      'option signs/late',
      'none signs',
      'unknown signs',
    ]);
  });

  it('counts a doubt as doubt, whatever it counts as', () => {
    expect(
      missing({ danger: 'unknown' }, { danger: 'no', signs: ['late', 'unknown'] }, { danger: 'no', signs: ['bruise'] }),
    ).toEqual(['option danger/yes', 'none signs']);
  });

  it('includes jumps, which do not happen with ticks beside the doubt', () => {
    const jumping = townFlow({ 'worry.yaml': swap('{ ask: desk, level: 2 }', '{ leads to: talk, level: 2 }') });
    const edges = (signs: string[]) => edgesOf(jumping, walk(jumping, { danger: 'no', signs }));
    expect(edges(['unknown'])).toContain('jump worry/signs');
    expect(edges(['late', 'unknown'])).not.toContain('jump worry/signs');
    expect(coverageOf(runInterview(jumping, []), []).possible).toContain('jump worry/signs');
  });
});

describe('how many questions an interview asks', () => {
  it('agrees with counting one by one, over small random flows', () => {
    fc.assert(
      fc.property(fc.gen(), (draw: Draw) => {
        const flow = randomFlow(draw);
        const counts = combinationsOf(flow).map((answers) => walk(flow, answers).turns.length);
        const { shortest, longest } = lengthsOf(runInterview(flow, []));
        expect([shortest, longest]).toEqual([Math.min(...counts), Math.max(...counts)]);
      }),
      { numRuns: 40, seed: 20261122, endOnFailure: true },
    );
  });

  it('gives the median of all combinations of answers, not of lengths', () => {
    // Of the three answers to the first question, two end the interview: yes, and "I don’t know", which counts as yes.
    const { shortest, median, longest } = lengthsOf(runInterview(townFlow(), []));
    expect({ shortest, median, longest }).toEqual({ shortest: 1, median: 1, longest: 2 });
  });
});
