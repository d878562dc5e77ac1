/**
 * Real content, damaged at random as a slip of the hand does it: a line lost, doubled, moved, cut short, a sign changed. Never a crash; what
 * is wrong has a place; and what passes still gives every worked case its result. `DAMAGES=2000 npx vitest run test/flow/damage.test.ts`
 * tries thousands.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { type ContentFile, readFolder } from '../../server/flow/language/folder.ts';
import { hasErrors } from '../../server/flow/problem.ts';
import { Random } from './second/random.ts';

const TODAY = '2026-11-22';
const DAMAGES = Number(process.env.DAMAGES ?? 8);
const SLOW = 30_000 + DAMAGES * 8_000;
const files = readFolder(join(import.meta.dirname, '..', '..', 'flows'));

const SLIPS: Record<string, (random: Random, lines: string[]) => string[]> = {
  'a line is lost': (random, lines) => lines.toSpliced(random.whole(0, lines.length - 1), 1),
  'a line stands twice': (random, lines) => {
    const at = random.whole(0, lines.length - 1);
    return lines.toSpliced(at, 0, lines[at] ?? '');
  },
  'two lines change places': (random, lines) => {
    const at = random.whole(0, Math.max(0, lines.length - 2));
    return lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
  },
  'the file ends too early': (random, lines) => lines.slice(0, random.whole(1, lines.length)),
  'a line begins elsewhere': (random, lines) => {
    const at = random.whole(0, lines.length - 1);
    return lines.with(at, random.chance(0.5) ? ` ${lines[at]}` : (lines[at] ?? '').replace(/^ /, ''));
  },
  'a sign is another': (random, lines) => {
    const at = random.whole(0, lines.length - 1);
    const line = lines[at] ?? '';
    const column = random.whole(0, line.length);
    return lines.with(
      at,
      line.slice(0, column) +
        random.pick([':', '"', '[', '}', '–', '\u00a0', 'О', '#', '\t', '9']) +
        line.slice(column + 1),
    );
  },
};

function damage(random: Random, file: ContentFile): { slip: string; file: ContentFile } {
  const slip = random.pick(Object.keys(SLIPS));
  const lines = SLIPS[slip]?.(random, file.text.split('\n')) ?? [];
  return { slip, file: { ...file, text: lines.join('\n') } };
}

describe('damaged content', () => {
  it(
    'is told with a place, or still gives what it gave, and never brings anything down',
    () => {
      const random = new Random(20_261_126);
      let told = 0;
      for (let index = 0; index < DAMAGES; index++) {
        const original = random.pick(files);
        const { slip, file } = damage(random, original);
        const name = `${file.folder}/${file.name}: ${slip}`;
        const { library, problems } = loadLibrary(
          files.map((one) => (one === original ? file : one)),
          TODAY,
        );
        for (const { line, column, file: where, message } of problems) {
          expect(`${name} ${where}`).toMatch(/flows\/[a-z]+\/[a-z0-9_]+\.yaml$/);
          expect(Math.min(line, column), name).toBeGreaterThanOrEqual(1);
          expect(message.trim(), name).not.toBe('');
        }
        if (hasErrors(problems)) told++;
        // The worked cases were run by the check: what passes without an error gives each of them its result.
        else expect([...library.areas.keys()].sort(), name).toEqual(['bolton', 'bury', 'national', 'stockport']);
      }
      expect(told).toBeGreaterThan(0);
    },
    SLOW,
  );
});
