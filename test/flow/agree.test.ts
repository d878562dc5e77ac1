import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { loadReal, realFiles } from '../real-content.ts';
import { isShort } from '../short-form.ts';
import { agreeOnRandom, agreeOnReal } from './second/agree.ts';
import { compare } from './second/compare.ts';
import { RawContent } from './second/content.ts';
import { SecondInterpreter } from './second/interpreter.ts';
import { swap, TODAY, town } from './small-content.ts';

const SLOW = 120_000;
const WALKS = isShort ? 150 : 600;

/** `npm run agree` runs the full comparison. */
describe('two interpreters of the flow language, written apart', () => {
  it(
    'agree on interviews over the real content',
    () => {
      // `npm run agree` walks as many as wanted.
      const { flows, disagreements } = agreeOnReal(
        { files: realFiles, library: loadReal() },
        isShort ? 75 : 300,
        7,
        CONTENT_DAY,
      );
      expect(flows).toBeGreaterThan(15);
      expect(disagreements).toEqual([]);
    },
    SLOW,
  );

  it(
    'agree on interviews over small content made at random',
    () => {
      const { walks, disagreements } = agreeOnRandom(WALKS, 7, TODAY);
      expect(walks).toBe(WALKS);
      expect(disagreements).toEqual([]);
    },
    SLOW,
  );

  it('would notice content that one of them reads differently', () => {
    const [flow] = [...(loadLibrary(town(), TODAY).library.areas.get('town')?.flows.values() ?? [])];
    const other = new RawContent(town({ 'worry.yaml': swap('level: 2 }', 'level: 1 }') }), 'town', TODAY);
    const given = { danger: 'no', signs: ['late'] };
    if (flow === undefined) throw new Error('the town has no flow');
    const { disagreement } = compare(flow, new SecondInterpreter(other, flow.id, TODAY), given, TODAY);
    expect(disagreement).toMatchObject({ flow: 'town/worry', what: 'findings', given });
  });
});
