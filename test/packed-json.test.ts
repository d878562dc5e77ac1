import { describe, expect, it } from 'vitest';
import { pack, unpack, unpackLater } from '../server/packed-json.ts';

const long = (word: string) => ({ id: word, says: word.repeat(80), cite: ['A 1', null], asks: true, level: 3 });

describe('packed JSON', () => {
  it.each([
    ['nested', { a: [[1, 'x'], [], {}], b: { c: null, d: false }, 'e f': '“ü”' }],
    ['a list', [1, [2, [3]], { a: 1 }]],
    ['maps in maps', new Map([['a', { inner: new Map([['b', [1]]]) }]])],
    [
      'a map of ids',
      {
        areas: new Map<unknown, unknown>([
          ['bury', long('x')],
          [1, [2]],
        ]),
        flag: '__proto__',
      },
    ],
  ])('gives back %s as it was', (_, value: object) => {
    expect(unpack(pack(value))).toStrictEqual(value);
  });

  it('refuses a field that would become the prototype', () => {
    expect(() => pack(JSON.parse('{"a":{"__proto__":{"b":1}}}'))).toThrow(/__proto__ cannot be packed/);
  });

  it('leaves out the named field, and undefined ones', () => {
    expect(unpack(pack({ a: { content: [1], b: undefined, c: 1 } }, 'content'))).toStrictEqual({ a: { c: 1 } });
  });

  it('makes one object of large equal parts, and never of short ones', () => {
    const [yes, question] = [{ id: 'yes', label: 'Yes' }, long('who')];
    const found = unpack(pack([question, structuredClone(question), yes, structuredClone(yes)])) as object[];
    expect(found[0]).toBe(found[1]);
    expect(found[2]).not.toBe(found[3]);
  });

  it('refuses text with one letter changed, cut off, or never packed', () => {
    const text = pack({ advice: 'Call 999' });
    for (const wrong of [text.replace('999', '111'), text.slice(0, -1), `${text} `, text.slice(1), '', '{}', '\n'])
      expect(() => unpack(wrong)).toThrow();
  });

  it('refuses it at once even if it is read later or never', () => {
    const text = pack({ advice: 'Call 999' });
    expect(() => unpackLater(Buffer.from(text.replace('999', '111')))).toThrow(/its hash differs/);
    const read = unpackLater(Buffer.from(text));
    expect(read()).toEqual({ advice: 'Call 999' });
    expect(read()).toBe(read());
  });
});
