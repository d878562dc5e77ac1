/** How YAML is read: all values are text, everything has a position, and each mistake is reported with its place. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Document, placeIn, problemIn, readYaml, validate } from '../../server/flow/language/read.ts';

const problemsOf = (text: string) =>
  readYaml('a.yaml', text).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
const documentOf = (text: string): Document => {
  const { document, problems } = readYaml('a.yaml', text);
  expect(problems).toEqual([]);
  return document as Document;
};

describe('a value', () => {
  it('is text, whatever it looks like', () => {
    const { file, value } = documentOf(
      'a: no\nb: 999\nc: [1.50, ~, true]\nd: { e: 0161 }\nf:\ng: ""\nh: >-\n  two\n  lines\n',
    );
    expect(file).toBe('a.yaml');
    expect(value).toEqual({
      a: 'no',
      b: '999',
      c: ['1.50', '~', 'true'],
      d: { e: '0161' },
      f: '',
      g: '',
      h: 'two lines',
    });
  });

  it.each<[string, unknown]>([
    ['word', 'word'],
    ['- a\n-\n- b\n', ['a', '', 'b']],
    ['{}', {}],
    ['[]', []],
  ])('%j is read', (text, value) => {
    expect(documentOf(text).value).toEqual(value);
  });

  it('has a place, and so has each item and each key in it', () => {
    const { places } = documentOf('# words\na:\n  - x\n  - b: y\n    c: { d: z }\n');
    expect(Object.fromEntries([...places].map(([path, { line, column }]) => [path, `${line}:${column}`]))).toEqual({
      '': '2:1',
      a: '2:1',
      'a 0': '3:5',
      'a 1': '4:5',
      'a 1 b': '4:5',
      'a 1 c': '5:5',
      'a 1 c d': '5:10',
    });
  });
});

describe('the place of a path', () => {
  const document = documentOf('\na:\n  b: c\n');
  it('is its own, or that of the nearest enclosing value', () => {
    expect(placeIn(document, ['a', 'b'])).toEqual({ line: 3, column: 3 });
    expect(placeIn(document, ['a', 'b', 'c', 0])).toEqual({ line: 3, column: 3 });
    expect(placeIn(document, ['a', 'x'])).toEqual({ line: 2, column: 1 });
    expect(placeIn(document, ['x'])).toEqual({ line: 2, column: 1 });
    expect(placeIn({ ...document, places: new Map() }, ['x'])).toEqual({ line: 1, column: 1 });
  });

  it('is reported with the problem', () => {
    expect(problemIn(document, ['a'], 'Wrong.')).toEqual({
      file: 'a.yaml',
      line: 2,
      column: 1,
      message: 'Wrong.',
      kind: 'error',
    });
    expect(problemIn(document, [], 'Hm.', 'warning').kind).toBe('warning');
  });
});

describe('YAML that cannot be read is reported', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}x${']'.repeat(depth)}`;
  it.each<[string, string, string]>([
    [
      'a colon in the wording',
      'a: b: c',
      '1:4: a colon followed by a blank inside the wording. Put the wording in quotes, or on the next line after ">-".',
    ],
    [
      'a line that does not end',
      'a b\n c: d',
      '1:1: this line is not ended: a key needs a colon and a blank behind it, and wording over several lines needs ">-".',
    ],
    [
      'a bad indent',
      'a:\n    b: c\n  d: e',
      '3:1: this line begins at the wrong place. Give it as many blanks as the lines that belong together with it.',
    ],
    ['a tab', 'a:\n\tb: c', '2:1: a tab at the beginning of the line. Use blanks.'],
    ['a key twice', 'a: b\na: c', '2:1: this key stands here twice. Keep one of them.'],
    ['an unknown alias', 'a: *', '1:4: a word begins with "*". Put the wording in quotes; aliases are not read here.'],
    [
      'something that does not belong',
      'a: "b" c',
      '1:8: something stands here that does not belong. Put wording with special signs in quotes.',
    ],
    ['two documents', 'a: b\n---\nc: d', '2:1: "---" begins a second document. Keep one document a file.'],
    ['an alias', 'a: b\nc: &x d\ne: *x', '2:7: an anchor ("&…"). Leave it out, or put the wording in quotes.'],
    ['a tag', 'a: !!str b', '1:10: a tag ("!…"). Leave it out, or put the wording in quotes.'],
    ['a list as a key', '? [a]\n: b', '1:3: a key that is not a word. Use a plain word as key.'],
    ['a bad key', 'a:\n  __proto__: b', '2:3: "__proto__" cannot be used as a key. Choose another word.'],
    ['another bad key', 'constructor: b', '1:1: "constructor" cannot be used as a key. Choose another word.'],
    ['one more', 'prototype: b', '1:1: "prototype" cannot be used as a key. Choose another word.'],
    ['what is nested too deep', deep(25), '1:26: this is nested more than 24 deep. Write it flatter.'],
  ])('%s', (_name, text, expected) => {
    expect(problemsOf(text)[0]).toBe(expected);
  });

  it('with an alias, also at the alias', () => {
    expect(problemsOf('c: &x d\ne: *x')[1]).toBe(
      '2:4: an alias ("*…"). Write the text itself; aliases are not read here.',
    );
  });

  it('only with the first mistake, if it is broken', () => {
    expect(problemsOf('a: b: c\nd: e: f')).toHaveLength(1);
    expect(readYaml('a.yaml', 'a: b: c')).not.toHaveProperty('document');
  });

  it.each([
    [
      'an open quote where it opens, not at the end of the file',
      'a: b\nc: "open\nd: e\nf: g\n',
      '2:4: a quote begins here and is not closed. Close it at the end of the wording.',
    ],
    [
      'an open quote at the end too',
      'a: "b',
      '1:4: a quote begins here and is not closed. Close it at the end of the wording.',
    ],
    [
      'an item in the first column, below items that are further in',
      'steps:\n  - a: b\n- call\n  - c: d\n',
      '3:1: this line begins at the wrong place. Give it as many blanks as the lines that belong together with it.',
    ],
    [
      'a key that a comment cuts off',
      'a:\n  b: c\n  d # e: f\n  g: h\n',
      '3:3: a key without its value: a colon is missing behind it, or "#" makes a comment of the rest. Put wording with "#" in quotes.',
    ],
    ['an empty file', '\n# nothing\n', '1:1: the file is empty. Write it, or delete it.'],
  ])('%s', (_name, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it('and everything else is read', () => {
    const { document } = readYaml('a.yaml', 'a: b\n__proto__: c\nd: !x e\n? [f]\n: g\nh: i');
    expect(document?.value).toEqual({ a: 'b', d: 'e', h: 'i' });
    expect(documentOf(deep(24)).value).not.toBe('');
  });

  it('because of its size', () => {
    expect(problemsOf('x'.repeat(400_001))).toEqual([
      '1:1: the file has 400001 characters; at most 400000 are read. Divide it into smaller flows.',
    ]);
    expect(problemsOf('x'.repeat(400_000))).toEqual([]);
  });

  it('because of endless brackets, before it is parsed', () => {
    expect(problemsOf('['.repeat(300_000))).toEqual(['1:1: this is nested more than 24 deep. Write it flatter.']);
  });
});

const word = z.string().regex(/^[a-z]+$/, 'small letters');
const SCHEMA = z.strictObject({
  name: word,
  kind: z.enum(['apple', 'pear']).optional(),
  parts: z.array(z.strictObject({ label: word, size: word.optional() })).optional(),
  table: z.record(z.string(), z.strictObject({ label: word })).optional(),
  either: z.union([z.array(word), word]).optional(),
  shape: z.union([word, z.strictObject({ text: word, mark: word.optional() })]).optional(),
  given: word.default('x'),
  made: word.transform((text) => text.length).optional(),
  listed: z
    .union([z.array(z.strictObject({ label: word })), z.strictObject({ label: word })])
    .transform((value) => [value].flat())
    .optional(),
  usual: z.strictObject({ label: word }).default({ label: 'x' }),
  deep: z.union([z.strictObject({ a: word }), z.strictObject({ b: z.strictObject({ c: word }) })]).optional(),
});

const told = (text: string) => {
  const document = documentOf(text);
  return validate(SCHEMA, document, [], document.value).problems.map(
    ({ line, column, message }) => `${line}:${column}: ${message}`,
  );
};

describe('a value against its schema', () => {
  it('becomes what the schema makes of it', () => {
    const document = documentOf('name: a\nmade: abc\n');
    expect(validate(SCHEMA, document, [], document.value)).toEqual({
      ok: true,
      value: { name: 'a', given: 'x', made: 3, usual: { label: 'x' } },
      problems: [],
    });
    expect(validate(SCHEMA, document, [], {})).not.toHaveProperty('value');
  });

  it.each<[string, string, string[]]>([
    ['what is missing', 'kind: pear', ['1:1: "name" is missing. Add it.']],
    [
      'a word that is none of them',
      'name: a\nkind: aple',
      ['2:1: "aple" does not fit "kind". Did you mean "apple"? Use one of: apple, pear.'],
    ],
    [
      'a word that is like none of them',
      'name: a\nkind: tomato',
      ['2:1: "tomato" does not fit "kind". Use one of: apple, pear.'],
    ],
    ['a list for a word', 'name: a\nkind: [pear]', ['2:1: a list does not fit "kind". Use one of: apple, pear.']],
    ['a text that does not fit', 'name: A', ['1:1: "A" does not fit "name". Expected: small letters.']],
    [
      'a long text that does not fit',
      `name: ${'A'.repeat(70)}`,
      [`1:1: "${'A'.repeat(60)}" does not fit "name". Expected: small letters.`],
    ],
    ['a list for a text', 'name: [a]', ['1:1: a list does not fit "name". Expected: one line of text.']],
    ['a block for a text', 'name: { a: b }', ['1:1: a block does not fit "name". Expected: one line of text.']],
    [
      'a text for a list',
      'name: a\nparts: b',
      ['2:1: "b" does not fit "parts". Expected: a list, each line with "- " before it.'],
    ],
    ['a text for a table', 'name: a\ntable: b', ['2:1: "b" does not fit "table". Expected: a block of "id: …" lines.']],
    ['a text for a block', 'name: a\nparts: [b]', ['2:9: "b" does not fit "0". Expected: a block of "key: …" lines.']],
    ['a list for everything', '- a', ['1:1: a list does not fit "file". Expected: a block of "key: …" lines.']],
    [
      'two mistakes',
      'name: A\nkind: b',
      [
        '1:1: "A" does not fit "name". Expected: small letters.',
        '2:1: "b" does not fit "kind". Use one of: apple, pear.',
      ],
    ],
    [
      'an unknown key',
      'name: a\nkin: b',
      [
        '2:1: "kin" is no key here. Did you mean "kind"? Known are: name, kind, parts, table, either, shape, given, made, listed, usual, deep.',
      ],
    ],
    [
      'unknown keys in a list',
      'name: a\nparts:\n  - { label: a, sise: b, other_key: c }',
      [
        '3:17: "sise" is no key here. Did you mean "size"? Known are: label, size.',
        '3:26: "other_key" is no key here. Known are: label, size.',
      ],
    ],
    [
      'an unknown key in a table',
      'name: a\ntable:\n  x: { label: a, labl: b }',
      ['3:18: "labl" is no key here. Did you mean "label"? Known are: label.'],
    ],
    [
      'an unknown key in one of two shapes',
      'name: a\nshape: { text: a, mrk: b }',
      ['2:19: "mrk" is no key here. Did you mean "mark"? Known are: text, mark.'],
    ],
    ['a block that lacks something', 'name: a\nshape: { mark: b }', ['2:1: "text" is missing. Add it.']],
    ['a text that fits neither', 'name: a\nshape: B', ['2:1: "B" does not fit "shape". Expected: small letters.']],
    [
      'an item of a list that does not fit',
      'name: a\neither: [a, B]',
      ['2:13: "B" does not fit "1". Expected: small letters.'],
    ],
    [
      'an unknown key in one of a list, or in the one',
      'name: a\nlisted: [{ label: a, labl: b }]',
      ['2:22: "labl" is no key here. Did you mean "label"? Known are: label.'],
    ],
    [
      'an unknown key in what has a default',
      'name: a\nusual: { label: a, labl: b }',
      ['2:20: "labl" is no key here. Did you mean "label"? Known are: label.'],
    ],
    [
      'what is nearest to one of two shapes',
      'name: a\ndeep: { b: { c: X } }',
      ['2:14: "X" does not fit "c". Expected: small letters.'],
    ],
    [
      'a list for one of two shapes',
      'name: a\ndeep: [a]',
      ['2:1: a list does not fit "deep". Expected: a block of "key: …" lines.'],
    ],
    ['what has a default', 'name: a\ngiven: B', ['2:1: "B" does not fit "given". Expected: small letters.']],
    [
      'what is made into something else',
      'name: a\nmade: B',
      ['2:1: "B" does not fit "made". Expected: small letters.'],
    ],
  ])('%s is reported', (_name, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('is reported with its place in the file', () => {
    const document = documentOf('in:\n  here:\n    name: A\n    othr: b\n');
    const { problems } = validate(SCHEMA, document, ['in', 'here'], { name: 'A', othr: 'b' });
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [3, 5],
      [4, 5],
    ]);
  });

  it('with several words as a key is taken for text that was split', () => {
    const document = documentOf('a: { two words: x, short: y }\n');
    const messages = (value: unknown) =>
      validate(z.strictObject({ a: z.strictObject({}) }), document, [], value).problems.map(({ message }) => message);
    expect(messages(document.value)).toEqual([
      '"two words" is no key. Wording inside { } is cut by a comma: write it on lines of its own.',
      '"short" is no key here. Known are: .',
    ]);
    expect(told('name: a\ntwo words: b')[0]).toMatch(/^2:1: "two words" is no key here\. Known are: name/);
  });
});
