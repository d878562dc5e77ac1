import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };

/**
 * Text of any Unicode characters, like `fc.string({ unit: 'binary' })`. That one keeps a list of all million of them,
 * which takes seconds to build, and slows down every garbage collection afterwards.
 */
export function anyText(maxLength = 10): fc.Arbitrary<string> {
  const character = fc
    .integer({ min: 0, max: 0x10ffff - SURROGATES.count })
    .map((point) => String.fromCodePoint(point < SURROGATES.from ? point : point + SURROGATES.count));
  return fc.array(character, { maxLength }).map((characters) => characters.join(''));
}
