import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeReference, parseReference } from '../../server/consultation/reference.ts';

const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const reference = fc
  .record({ letter, bytes: fc.uint8Array({ minLength: 64, maxLength: 64 }) })
  .filter(({ bytes }) => bytes.filter((byte) => byte < 250).length >= 8)
  .map(({ letter: first, bytes }) => makeReference(first, () => bytes));

describe('a reference', () => {
  it('has the letter, eight digits in pairs and a check digit', () => {
    expect(makeReference('B', () => new Uint8Array([48, 29, 17, 35, 2, 8, 4, 1]))).toMatch(/^B 89 75 28 41 \d$/);
    for (let index = 0; index < 200; index++)
      expect(makeReference('L', randomBytes)).toMatch(/^L \d\d \d\d \d\d \d\d \d$/);
  });

  it('uses all digits equally often', () => {
    const digits = Array.from({ length: 4000 }, () =>
      makeReference('B', randomBytes).slice(2, -2).replaceAll(' ', ''),
    ).join('');
    for (const digit of '0123456789') {
      const share = digits.split(digit).length / digits.length;
      expect(share).toBeGreaterThan(0.09);
      expect(share).toBeLessThan(0.11);
    }
  });

  it('needs a letter', () => {
    for (const wrong of ['', 'b', 'BB', '1', 'Ä'])
      expect(() => makeReference(wrong, randomBytes)).toThrow('one letter');
  });

  it('is understood as people read it out or type it', () => {
    fc.assert(
      fc.property(reference, (given) => {
        const compact = given.replaceAll(' ', '');
        const typed = [
          given,
          compact,
          ` ${given.toLowerCase()} `,
          given.replaceAll(' ', '-'),
          compact.split('').join(' '),
        ];
        typed.push(given.replaceAll('0', 'o').replaceAll('1', 'l'), compact.replaceAll('0', 'O').replaceAll('1', 'I'));
        typed.push(given.replaceAll(' ', '\u00a0'), given.replaceAll(' ', ' – '));
        for (const text of typed) expect(parseReference(text)).toBe(given);
      }),
    );
  });

  it('is refused with any one digit wrong', () => {
    fc.assert(
      fc.property(reference, (given) => {
        const compact = given.replaceAll(' ', '');
        for (let place = 1; place < compact.length; place++)
          for (const digit of '0123456789')
            if (digit !== compact[place])
              expect(parseReference(compact.slice(0, place) + digit + compact.slice(place + 1))).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('is refused with any two neighbours swapped', () => {
    fc.assert(
      fc.property(reference, (given) => {
        const compact = given.replaceAll(' ', '');
        for (let place = 1; place < compact.length - 1; place++) {
          const [one, two] = [compact[place] ?? '', compact[place + 1] ?? ''];
          const swapped = compact.slice(0, place) + two + one + compact.slice(place + 2);
          if (one !== two) expect(parseReference(swapped)).toBeUndefined();
        }
      }),
    );
  });

  it('is refused with another of the areas’ letters', () => {
    const given = makeReference('B', randomBytes);
    for (const other of ['L', 'S', 'N', 'P', 'D', 'E'])
      expect(parseReference(given.replace('B', other))).not.toBe(given);
    expect(parseReference(given.replace('B', 'L'))).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    'B',
    '48 29 17 35 2',
    'B 48 29 17 35',
    'B 48 29 17 35 22',
    'B 48 29 17 3x 2',
    '💥',
    'B'.repeat(100_000),
  ])('cannot be %j', (text) => expect(parseReference(text)).toBeUndefined());
});
