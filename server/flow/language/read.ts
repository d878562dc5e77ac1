/**
 * Parses YAML into plain values with a position for each, or into Problems. Hostile input (aliases, tags, `__proto__`, a line of 10 MB,
 * endless brackets) is reported as a Problem too.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { causeOf, didYouMean, type Message, type Problem } from '../problem.ts';
import { isTooDeeplyNested } from './nesting.ts';

export type Path = readonly (string | number)[];

export interface Place {
  line: number;
  column: number;
}

export interface Document {
  file: string;
  value: unknown;
  /** By path, joined with spaces: the position of a key's value or of a list item. */
  places: ReadonlyMap<string, Place>;
}

const LARGEST_FILE = 400_000;
const DEEPEST = 24;
const TOO_DEEP = `this is nested more than ${DEEPEST} deep. Write it flatter.`;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export function readYaml(file: string, text: string): { document?: Document; problems: Problem[] } {
  const problemAt = (place: Place, message: string): Problem => ({ file, ...place, message, kind: 'error' });
  const start = { line: 1, column: 1 };
  if (text.length > LARGEST_FILE) {
    const message = `the file has ${text.length} characters; at most ${LARGEST_FILE} are read. Divide it into smaller flows.`;
    return { problems: [problemAt(start, message)] };
  }
  if (isTooDeeplyNested(text)) return { problems: [problemAt(start, TOO_DEEP)] };
  const unseen = findUnseen(text);
  if (unseen !== undefined) return { problems: [problemAt(unseen, describeUnseen(unseen.sign))] };
  try {
    return parse(file, text);
  } catch (error) {
    const message = `this is not YAML that can be read (${(error as Error).message}). Look for brackets or blanks without end.`;
    return { problems: [problemAt(start, message)] };
  }
}

/**
 * Letters of other alphabets that look like Latin ones. A word that consists only of these, such as "соса", cannot be
 * told from a Latin word.
 */
const LOOK_ALIKES = 'АВЕЅІЈКМНОРСТУХЬаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ';

/**
 * Characters that are invisible in an editor or easily mistaken: control characters, unusual spaces, invalid UTF-8, words that mix two
 * alphabets or consist of look-alikes, letters and digits in another form (full width, mathematical, Arabic), a dash in place of a hyphen.
 */
const UNSEEN = new RegExp(
  [
    /(?![\t\n\r])[\p{Cc}\p{Cs}\u00a0\u00ad\u2000-\u200b\u2028-\u202f\u205f-\u2069\u3000\ufeff\ufffd]/u,
    /(?<=\p{Script=Latin})[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}](?=\p{Script=Latin})/u,
    new RegExp(`(?<!\\p{L})[${LOOK_ALIKES}]+(?!\\p{L})`, 'u'),
    /[\uff01-\uff5e\u{1d400}-\u{1d7ff}]|(?![0-9])\p{Nd}/u,
    /(?<=^ *)[–—](?= )/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'mu',
);

function findUnseen(text: string): (Place & { sign: string }) | undefined {
  const [found = ''] = UNSEEN.exec(text) ?? [];
  const [sign] = found;
  if (sign === undefined) return undefined;
  const lines = text.slice(0, text.search(UNSEEN)).split('\n');
  return { sign, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function describeUnseen(sign: string): string {
  const number = `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (sign === '\ufffd')
    return 'a character that is no UTF-8 text. Save the file as UTF-8, and write the character again.';
  if (sign === '\u00a0')
    return `a blank that does not break (${number}), which looks like a blank and is none. Put a plain blank in its place.`;
  if (/[–—]/.test(sign)) return `a dash ("${sign}", ${number}) begins this line. A list begins with a hyphen: "- ".`;
  if (/(?![0-9])\p{Nd}/u.test(sign))
    return `"${sign}" (${number}) is a digit of another alphabet or form. Write it again, with 0 to 9.`;
  if (/[\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u.test(sign))
    return `"${sign}" (${number}) looks like a plain character and is another one. Write it again.`;
  if (/\p{L}/u.test(sign))
    return `"${sign}" (${number}) is a letter of another alphabet that looks like a Latin one. Write it again.`;
  return `a sign that cannot be seen (${number}). Delete it, and write the text around it again.`;
}

function parse(file: string, text: string): { document?: Document; problems: Problem[] } {
  const lines = new LineCounter();
  const parsed = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    // At a quieter log level the parser would ignore a second document without reporting it.
    logLevel: 'error',
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [first] = parsed.errors;
  // Report only the first: one wrong indent causes many errors.
  if (first !== undefined) {
    return { problems: [{ file, ...describeYamlError(first, text, placeOf(first.pos[0])), kind: 'error' }] };
  }
  if (parsed.contents === null)
    return {
      problems: [{ file, line: 1, column: 1, message: 'the file is empty. Write it, or delete it.', kind: 'error' }],
    };
  const reader = new TreeReader(file, placeOf);
  const value = reader.read(parsed.contents as Node | null, [], 0);
  return { document: { file, value, places: reader.places }, problems: reader.problems };
}

const MENDS: Record<string, string> = {
  BLOCK_AS_IMPLICIT_KEY:
    'a colon followed by a blank inside the wording. Put the wording in quotes, or on the next line after ">-".',
  MULTILINE_IMPLICIT_KEY:
    'this line is not ended: a key needs a colon and a blank behind it, and wording over several lines needs ">-".',
  BAD_INDENT: 'this line begins at the wrong place. Give it as many blanks as the lines that belong together with it.',
  TAB_AS_INDENT: 'a tab at the beginning of the line. Use blanks.',
  DUPLICATE_KEY: 'this key stands here twice. Keep one of them.',
  BAD_ALIAS: 'a word begins with "*". Put the wording in quotes; aliases are not read here.',
  UNEXPECTED_TOKEN: 'something stands here that does not belong. Put wording with special signs in quotes.',
  MULTIPLE_DOCS: '"---" begins a second document. Keep one document a file.',
};

/** The parser has one code for several mistakes; its message tells them apart. */
const MISSING: [RegExp, string][] = [
  [/closing .*quote/, 'a quote begins here and is not closed. Close it at the end of the wording.'],
  [
    /map keys need to be followed by map values/,
    'a key without its value: a colon is missing behind it, or "#" makes a comment of the rest. Put wording with "#" in quotes.',
  ],
  [/without - indicator/, 'an item of a list without its hyphen. Begin it with "- ", under the items above.'],
];

/** A value that begins with a quote which does not end on its line. */
const OPENED = /^(?:[^#"']*[:,[{-] +|\s*)(["'])(?:(?!\1).)*$/;

function describeYamlError(error: YAMLError, text: string, place: Place): Place & { message: string } {
  const lines = text.split('\n');
  if (error.code === 'MISSING_CHAR') {
    const message = MISSING.find(([pattern]) => pattern.test(error.message))?.[1];
    // The parser notices an open quote at the end of the file.
    const opened = /closing .*quote/.test(error.message) ? lines.findIndex((line) => OPENED.test(line)) : -1;
    const where = opened === -1 ? place : { line: opened + 1, column: (lines[opened]?.search(/["']/) ?? 0) + 1 };
    if (message !== undefined) return { ...where, message };
  }
  // An item in the first column ends the list above it, and the parser takes it for wording.
  const isOutside = error.code === 'BLOCK_AS_IMPLICIT_KEY' && /^- /.test(lines[place.line - 1] ?? '');
  const code = isOutside ? 'BAD_INDENT' : error.code;
  return { ...place, message: MENDS[code] ?? `the YAML is broken here: ${error.message}.` };
}

class TreeReader {
  readonly places = new Map<string, Place>();
  readonly problems: Problem[] = [];
  private readonly file: string;
  private readonly placeOf: (offset: number) => Place;

  constructor(file: string, placeOf: (offset: number) => Place) {
    this.file = file;
    this.placeOf = placeOf;
  }

  read(node: Node | null, path: Path, depth: number): unknown {
    if (node === null || node === undefined) return '';
    const place = this.placeOf(node.range?.[0] ?? 0);
    if (!this.places.has(path.join(' '))) this.places.set(path.join(' '), place);
    if (depth > DEEPEST) return this.refuse(place, TOO_DEEP);
    if (isAlias(node)) return this.refuse(place, 'an alias ("*…"). Write the text itself; aliases are not read here.');
    if ('anchor' in node && node.anchor)
      this.refuse(place, 'an anchor ("&…"). Leave it out, or put the wording in quotes.');
    if (node.tag !== undefined) this.refuse(place, 'a tag ("!…"). Leave it out, or put the wording in quotes.');
    if (isScalar(node)) return String(node.value ?? '');
    if (isSeq(node)) return node.items.map((item, index) => this.read(item as Node, [...path, index], depth + 1));
    return isMap(node) ? this.readMap(node.items as Pair<Node, Node>[], path, depth) : '';
  }

  private readMap(pairs: Pair<Node, Node>[], path: Path, depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const pair of pairs) {
      const place = this.placeOf(pair.key.range?.[0] ?? 0);
      if (!isScalar(pair.key)) {
        this.refuse(place, 'a key that is not a word. Use a plain word as key.');
        continue;
      }
      const key = String(pair.key.value);
      if (FORBIDDEN_KEYS.has(key)) {
        this.refuse(place, `"${key}" cannot be used as a key. Choose another word.`);
        continue;
      }
      const inside = [...path, key];
      this.places.set(inside.join(' '), place);
      value[key] = this.read(pair.value, inside, depth + 1);
    }
    return value;
  }

  private refuse(place: Place, message: string): '' {
    this.problems.push({ file: this.file, ...place, message, kind: 'error' });
    return '';
  }
}

/** The position of the path, or of its nearest enclosing value. */
export function placeIn(document: Document, path: Path): Place {
  for (let length = path.length; length >= 0; length--) {
    const place = document.places.get(path.slice(0, length).join(' '));
    if (place !== undefined) return place;
  }
  return { line: 1, column: 1 };
}

export function problemIn(document: Document, path: Path, message: Message, kind: Problem['kind'] = 'error'): Problem {
  return { file: document.file, ...placeIn(document, path), ...causeOf(message), kind };
}

type Validated<T> = { ok: true; value: T; problems: [] } | { ok: false; value?: undefined; problems: Problem[] };

/** Validates the value at `path` against the schema, and reports every mismatch at its own position. */
export function validate<T extends z.ZodType>(
  schema: T,
  document: Document,
  path: Path,
  value: unknown,
): Validated<z.output<T>> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => describeIssue({ schema, document, path, value }, issue));
  return { ok: false, problems };
}

type Issue = z.core.$ZodIssue;

/** A validated value, and its `path` in the document. */
interface Checked {
  schema: z.ZodType;
  document: Document;
  path: Path;
  value: unknown;
}

function describeIssue(checked: Checked, issue: Issue): Problem[] {
  const { schema, document, value } = checked;
  const inside = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  const path = [...checked.path, ...inside];
  const name = String(path.at(-1) ?? 'file');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, inside);
    return issue.keys.map((key) => problemIn(document, [...path, key], describeUnknownKey(key, known)));
  }
  if (issue.code === 'invalid_union') {
    const closest = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))[0] ?? [];
    const wanted = typeof valueAt(value, inside) === 'object' ? closest : [];
    const nested = wanted.map((part) => ({ ...part, path: [...issue.path, ...part.path] }) as Issue);
    if (nested.length > 0) return nested.flatMap((part) => describeIssue(checked, part));
  }
  return [problemIn(document, path, describeMismatch(name, valueAt(value, inside), issue))];
}

function depthOf(issues: readonly { path: readonly PropertyKey[]; code?: string }[]): number {
  return issues.reduce(
    (depth, issue) => Math.max(depth, issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)),
    0,
  );
}

function describeUnknownKey(key: string, known: string[]): string {
  if (key.includes(' ') && known.length === 0)
    return `"${key}" is no key. Wording inside { } is cut by a comma: write it on lines of its own.`;
  return `"${key}" is no key here.${didYouMean(key, known)} Known are: ${known.join(', ')}.`;
}

const KINDS: Record<string, string> = {
  record: 'a block of "id: …" lines',
  object: 'a block of "key: …" lines',
  array: 'a list, each line with "- " before it',
  string: 'one line of text',
};

function describeMismatch(name: string, came: unknown, issue: Issue): string {
  if (came === undefined)
    return name === 'unknown'
      ? 'say where "I don’t know" leads: add "unknown:" with one of: counts as, leads to, ask, go on.'
      : `"${name}" is missing. Add it.`;
  const kind = /^Invalid input: expected (\w+)/.exec(issue.message)?.[1];
  const expected = kind === undefined ? issue.message : (KINDS[kind] ?? kind);
  const text = typeof came === 'string' ? `"${came.slice(0, 60)}"` : Array.isArray(came) ? 'a list' : 'a block';
  const wanted = issue.code === 'invalid_value' ? `Use one of: ${issue.values.join(', ')}.` : `Expected: ${expected}.`;
  const near =
    issue.code === 'invalid_value' && typeof came === 'string' ? didYouMean(came, issue.values.map(String)) : '';
  return `${text} does not fit "${name}".${near} ${wanted}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** The keys that the schema allows at a path, for "did you mean". */
function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  const def = (schema as z.ZodType)._zod.def as unknown as Record<string, unknown> & { type: string };
  const into = (inner: unknown, rest: Path) => keysAt(inner as z.core.$ZodType, rest);
  if (def.type === 'optional' || def.type === 'default') return into(def.innerType, path);
  if (def.type === 'pipe') return into(def.in, path);
  if (def.type === 'union') return [...new Set((def.options as unknown[]).flatMap((option) => into(option, path)))];
  const [key, ...rest] = path;
  if (def.type === 'object') {
    const shape = def.shape as Record<string, unknown>;
    if (key === undefined) return Object.keys(shape);
    return shape[key] === undefined ? [] : into(shape[key], rest);
  }
  if (key === undefined) return [];
  if (def.type === 'record') return into(def.valueType, rest);
  return def.type === 'array' ? into(def.element, rest) : [];
}
