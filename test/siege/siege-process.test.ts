/**
 * A short siege: every attack once, on one server as it is. `npm run siege` prints times; this test counts who got
 * through.
 */
import { describe, expect, it } from 'vitest';
import { GUARD_CHANGES } from '../bench/guards.ts';
import { ATTACKS, createTarget } from './attacks.ts';
import { takeOut, WITH, WITHOUT } from './besieged.ts';
import { serve, standBy, stopUnderWay } from './measure.ts';

/** Attack → what the protection does to it. Those who are told to wait come after what is allowed at once. */
const HELD: Record<string, RegExp> = {
  'bodies of 20 MB, 20 at once': /^[1-9]\d* refused, 0 read to the end$/,
  'new consultations, 50 at once': /^1[2-4]\d opened, [1-9]\d* told to wait$/,
  'questions to the desk, 20 at once': /^[34]\d on the queue, [1-9]\d* told to wait$/,
  'conversations of the public, 50 at once': /^1[2-4]\d begun, [1-9]\d* told to wait; the child’s own is still there$/,
  '400 sign-ins at once': /^0 told at once to try again; somebody who comes then is answered/,
  '20 PDFs of a long record at once': /^5 made, .* 0 told to try again$/,
  '3,000 connections that say nothing': /^300 of 300 open$/,
  '500 bodies that never end': /^50 of 50 still held/,
};

describe('under siege', () => {
  it('a bystander is served whatever comes, and the server stops although somebody hangs on', async () => {
    await serve(WITH, async (served) => {
      let isOver = false;
      const felt = standBy(served.port, () => isOver);
      for (const attack of ATTACKS) {
        const target = createTarget(served.port, { seconds: 0.5, share: 0.1 });
        const came = await attack.run(target, await attack.prepare?.(target));
        expect(`${attack.name}: ${came}`).toMatch(new RegExp(HELD[attack.name]?.source.replace('^', ': ') ?? '^$'));
      }
      isOver = true;
      const { failed, requests } = await felt;
      expect([failed, requests > 10]).toEqual([0, true]);
      expect(await stopUnderWay(served, 5)).toMatch(/^ended after .*; 5 of 5 /);
    });
  }, 300_000);

  it('each protection can be removed from the code, to see what it is for', () => {
    for (const changes of Object.values(WITHOUT)) for (const change of changes) expect(takeOut(change)).not.toBe('');
  });

  it('each guard can be skipped, to see what it costs a page', () => {
    for (const change of GUARD_CHANGES) expect(takeOut(change)).toContain(change.to);
  });
});
