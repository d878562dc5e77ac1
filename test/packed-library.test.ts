import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApp } from '../server/app.ts';
import { packLibrary, unpackLibrary } from '../server/packed-library.ts';
import { loadReal } from './real-content.ts';
import { openTemporary } from './store/temporary.ts';
import { createServices, logInto } from './web/services.ts';

const real = loadReal();
const packed = packLibrary(real);
const isPlain = (target: object | undefined, field: string) =>
  Object.getOwnPropertyDescriptor(target, field)?.get === undefined;

describe('the packed library', () => {
  it('is complete, whether a page asks first or all is read ahead', () => {
    const asked = unpackLibrary(Buffer.from(packed));
    // As JSON, leaving out positions within the content at any depth.
    const json = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (_, one) => (one instanceof Map ? [...one] : one)));
    const leftOut = (value: unknown) =>
      JSON.parse(
        JSON.stringify(value, (key, one) => (key === 'content' ? undefined : one instanceof Map ? [...one] : one)),
      );
    expect(json(asked.library)).toEqual(leftOut(real));
    const ahead = unpackLibrary(Buffer.from(packed));
    ahead.readAhead();
    expect(json(ahead.library)).toEqual(json(asked.library));
  });

  it('takes less room than the flows alone would', () => {
    const flows = [...real.areas.values()].flatMap((area) => [...area.flows.values()]);
    expect(packed.length).toBeLessThan(JSON.stringify(flows).length * 0.7);
  });

  it('has the facts of each area at once, and reads the rest later', () => {
    const { library, readAhead } = unpackLibrary(Buffer.from(packed));
    const bury = library.areas.get('bury');
    const fields = ['facts', 'flows', 'floor', 'doors'] as const;
    expect(fields.map((field) => isPlain(bury, field))).toEqual([true, false, false, false]);
    expect(isPlain(library, 'languages')).toBe(false);
    readAhead();
    expect(fields.map((field) => isPlain(bury, field))).toEqual([true, true, true, true]);
    expect(isPlain(library, 'languages')).toBe(true);
    expect(isPlain(bury, 'cases')).toBe(false);
  });

  it('is not read by the app before a page asks', async () => {
    const lines = packed.split('\n');
    const unreadable = 'not JSON';
    const changed = lines.with(2, createHash('sha256').update(unreadable).digest('hex')).with(3, unreadable);
    const { library } = unpackLibrary(Buffer.from(changed.join('\n')));
    const clock = () => new Date('2026-11-27T09:00:00Z');
    createApp(createServices({ library, store: await openTemporary(), clock, log: logInto([], clock) }));
    expect(() => library.languages).toThrow(/not JSON|Unexpected token/);
  });

  it('is refused with one letter changed in any line, or a line missing', () => {
    const lines = packed.split('\n');
    expect(lines).toHaveLength(6);
    for (const index of lines.keys()) {
      const changed = lines.with(
        index,
        (lines[index] ?? '').replace(/[0-9](?=\D*$)/, (digit) => `${(Number(digit) + 1) % 10}`),
      );
      expect(changed).not.toEqual(lines);
      expect(() => unpackLibrary(Buffer.from(changed.join('\n')))).toThrow(/hash differs/);
    }
    for (const count of [2, 4])
      expect(() => unpackLibrary(Buffer.from(lines.slice(0, count).join('\n')))).toThrow(/cut off/);
  });
});
