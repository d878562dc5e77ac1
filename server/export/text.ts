/** The record as plain text for pasting into a case system: 80 columns, no tabs, and ASCII except for letters that people typed. */
import { endLabel } from '../base/text.ts';
import type { ConsultationRecord } from '../consultation/record.ts';
import type { Block } from './blocks.ts';
import { describeSections, NO_REFERRAL, type Section, TITLE, whoIsNotTold } from './sections.ts';

const COLUMNS = 80;
const INDENT = 2;

export function toText(record: ConsultationRecord): string {
  const warnings = [NO_REFERRAL, ...whoIsNotTold(record)];
  return layOutText([`${TITLE}: ${record.reference}`, ...warnings], describeSections(record), 'End of the record');
}

/** `head`: the title and the warnings. */
export function layOutText(head: readonly string[], sections: readonly Section[], end: string): string {
  // These words were not typed by anybody.
  const capitals = (line: string) => toPlain(line).replaceAll('’', "'").toUpperCase();
  const lines = sections.flatMap(({ title, blocks }, index) => {
    const heading = capitals(`${index + 1}. ${title}`);
    return ['', heading, '-'.repeat(heading.length), ...blocks.flatMap(layOut)];
  });
  return `${[...head.map(capitals), ...lines, '', capitals(end)].join('\n')}\n`;
}

/** Text that people typed is indented or follows a label, so that it cannot be mistaken for a heading. */
function layOut(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return wrap(block.text, INDENT);
    case 'item':
      return [...wrap(block.text, INDENT, '- '), ...block.beneath.flatMap((line) => wrap(line, 2 * INDENT))];
    case 'fact':
      return [...layOutFact(block.name, block.value), ...block.beneath.flatMap((line) => wrap(line, 2 * INDENT))];
  }
}

/** On one line if it fits, otherwise the name with the value below. */
function layOutFact(name: string, value: string): string[] {
  const label = endLabel(name);
  const isQuestion = label === name;
  const line = `${toPlain(label)} ${toPlain(value)}`.trimEnd();
  if (!isQuestion && !line.includes('\n') && columnsOf(line) <= COLUMNS) return [line];
  return [...wrap(label, 0), ...wrap(value, INDENT)];
}

/** Wraps to 80 columns. `mark` starts the first line; the others are indented to match. */
function wrap(text: string, indent: number, mark = ''): string[] {
  const lines = toPlain(text)
    .split('\n')
    .flatMap((line) => wrapLine(line, COLUMNS - indent));
  const first = mark.padStart(indent);
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(indent)}${line}`.trimEnd());
}

function wrapLine(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(/ +/).flatMap((long) => breakWord(long, columns))) {
    const last = lines[lines.length - 1] ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (columnsOf(longer) <= columns) lines[lines.length - 1] = longer;
    else if (last === '') lines[lines.length - 1] = word;
    else lines.push(word);
  }
  return lines;
}

/** Breaks a long word, but never an address: a broken address is of no use. */
function breakWord(word: string, columns: number): string[] {
  if (columnsOf(word) <= columns || /^https?:|@/.test(word)) return [word];
  const letters = [...word];
  const parts: string[] = [];
  while (letters.length > 0) parts.push(letters.splice(0, columns / 2).join(''));
  return parts;
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

/** Width in columns: Chinese, Japanese and Korean letters take two. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
}

const PLAIN: [RegExp, string][] = [
  // Not within a word: names such as O’Brien and Khan–Smith come out as they were typed.
  [/(?<!\p{L})[‘’‚‛′]|[‘’‚‛′](?!\p{L})/gu, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/(?<!\p{L})[‐‑‒–]|[‐‑‒–](?!\p{L})/gu, '-'],
  [/[—―]/g, ' - '],
  [/…/g, '...'],
  [/[•·▪]/g, '*'],
  [/[→⇒]/g, '->'],
  [/[\u2028\u2029\u0085]|\r\n?/g, '\n'],
  [/[^\S\n]/g, ' '],
  // Direction overrides would reverse the text after them.
  [/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd'],
];

/** Replaces typographic signs by ASCII ones. Letters stay, since they may be part of a name. */
function toPlain(text: string): string {
  return PLAIN.reduce((plain, [signs, instead]) => plain.replace(signs, instead), text);
}
