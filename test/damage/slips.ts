/** What a typing mistake, an editor or a merge does to a content file. Reproducible from the random numbers. */
import type { ContentFile } from '../../server/flow/language/folder.ts';
import type { Random } from '../flow/second/random.ts';

export interface Damaged {
  slip: string;
  /** Replaces the original; empty if the file is lost, two files if there is a copy. */
  files: ContentFile[];
}

type LineSlip = (random: Random, lines: string[]) => string[];

/** Index of a line that is not blank. */
function someLine(random: Random, lines: string[]): number {
  const filled = [...lines.keys()].filter((index) => lines[index]?.trim() !== '');
  return filled.length === 0 ? 0 : random.pick(filled);
}

function onLine(change: (random: Random, line: string) => string): LineSlip {
  return (random, lines) => {
    const at = someLine(random, lines);
    return lines.with(at, change(random, lines[at] ?? ''));
  };
}

const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0;

/** A line and everything indented below it: a step, an option, a contact, a case. */
function blockAt(lines: string[], start: number): number {
  const indent = indentOf(lines[start] ?? '');
  let end = start + 1;
  while (end < lines.length && (lines[end]?.trim() === '' || indentOf(lines[end] ?? '') > indent)) end++;
  return end - start;
}

/** Words that an author might confuse, and what each is taken for. */
const CONFUSED: [RegExp, string][] = [
  [/\byes\b/, 'no'],
  [/\bno\b/, 'yes'],
  [/\bat least\b/, 'at most'],
  [/\bat most\b/, 'at least'],
  [/\bany of\b/, 'all of'],
  [/\ball of\b/, 'any of'],
  [/\bnone of\b/, 'any of'],
  [/\bat once\b/, 'today'],
  [/\btoday\b/, 'no set time'],
  [/\bdo not tell\b/, 'tell'],
  [/\bask first\b/, 'tell'],
  [/\breport\b/, 'consider'],
  [/\bnot needed\b/, 'needed'],
  [/\bwhen:/, 'only with:'],
  [/\bend:/, 'advise:'],
  [/\bask:/, 'call:'],
];

const LINE_SLIPS: Record<string, LineSlip> = {
  'a line is lost': (random, lines) => lines.toSpliced(someLine(random, lines), 1),
  'a line stands twice': (random, lines) => {
    const at = someLine(random, lines);
    return lines.toSpliced(at, 0, lines[at] ?? '');
  },
  'two lines change places': (random, lines) => {
    const at = random.whole(0, Math.max(0, lines.length - 2));
    return lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
  },
  'the file ends too early': (random, lines) => lines.slice(0, random.whole(1, lines.length)),
  'a line begins elsewhere': onLine((random, line) =>
    random.chance(0.5) ? `${' '.repeat(random.whole(1, 4))}${line}` : line.replace(/^ {1,2}/, ''),
  ),
  'a sign is another': onLine((random, line) => {
    const column = random.whole(0, line.length);
    const sign = random.pick([
      ':',
      '"',
      "'",
      '[',
      '}',
      '{',
      ',',
      '–',
      '\u00a0',
      'О',
      '#',
      '\t',
      '9',
      '|',
      '>',
      '*',
      '&',
      '!',
      '\ufffd',
    ]);
    return line.slice(0, column) + sign + line.slice(column + 1);
  }),
  'two letters change places': onLine((random, line) => {
    const column = random.whole(0, Math.max(0, line.length - 2));
    return line.slice(0, column) + (line[column + 1] ?? '') + (line[column] ?? '') + line.slice(column + 2);
  }),
  'a digit is another': onLine((random, line) =>
    line.replace(/\d/, (digit) => String((Number(digit) + random.whole(1, 9)) % 10)),
  ),
  'a word is taken for another': onLine((random, line) => {
    const fits = CONFUSED.filter(([word]) => word.test(line));
    if (fits.length === 0) return `${line}x`;
    const [word, other] = random.pick(fits);
    return line.replace(word, other);
  }),
  'an id is that of a neighbour': (random, lines) => {
    const at = someLine(random, lines);
    const ids = [
      ...new Set(
        lines
          .slice(Math.max(0, at - 30), at + 30)
          .join('\n')
          .match(/\b[a-z]+_[a-z0-9_]+\b/g) ?? ['none'],
      ),
    ];
    const line = lines[at] ?? '';
    return lines.with(
      at,
      line.replace(/\b[a-z]+_[a-z0-9_]+\b/, () => random.pick(ids)),
    );
  },
  'a block is lost': (random, lines) => {
    const at = someLine(random, lines);
    return lines.toSpliced(at, blockAt(lines, at));
  },
  'a block stands twice': (random, lines) => {
    const at = someLine(random, lines);
    const size = blockAt(lines, at);
    return lines.toSpliced(at + size, 0, ...lines.slice(at, at + size));
  },
  'two blocks change places': (random, lines) => {
    const at = someLine(random, lines);
    const first = lines.slice(at, at + blockAt(lines, at));
    const after = at + first.length;
    const second = lines.slice(after, after + blockAt(lines, after));
    return lines.toSpliced(at, first.length + second.length, ...second, ...first);
  },
  'a merge was not finished': (random, lines) => {
    const at = someLine(random, lines);
    return lines.toSpliced(at, 1, '<<<<<<< HEAD', lines[at] ?? '', '=======', `${lines[at]} more`, '>>>>>>> theirs');
  },
  'the rest is a comment': onLine((random, line) => {
    const column = random.whole(0, line.length);
    return `${line.slice(0, column)} # ${line.slice(column)}`;
  }),
};

type FileSlip = (random: Random, file: ContentFile, all: readonly ContentFile[]) => ContentFile[];

const FILE_SLIPS: Record<string, FileSlip> = {
  'the file is lost': () => [],
  'the file is empty': (_random, file) => [{ ...file, text: '' }],
  'the file is there twice': (_random, file) => [file, { ...file, name: file.name.replace(/[^/]+$/, 'copy_of_$&') }],
  'the file is that of another': (random, file, all) => [{ ...file, text: random.pick(all).text }],
  'the lines end as on Windows': (_random, file) => [{ ...file, text: file.text.replaceAll('\n', '\r\n') }],
  'the file is in another encoding': (_random, file) => [
    { ...file, text: new TextDecoder().decode(Buffer.from(file.text, 'latin1')) },
  ],
};

export const SLIPS = [...Object.keys(LINE_SLIPS), ...Object.keys(FILE_SLIPS)];

/** Makes one slip in one file. Slips in lines are ten times as frequent as those in whole files. */
export function damage(random: Random, file: ContentFile, all: readonly ContentFile[]): Damaged {
  if (random.chance(0.05)) {
    const slip = random.pick(Object.keys(FILE_SLIPS));
    return { slip, files: FILE_SLIPS[slip]?.(random, file, all) ?? [] };
  }
  const slip = random.pick(Object.keys(LINE_SLIPS));
  const lines = LINE_SLIPS[slip]?.(random, file.text.split('\n')) ?? [];
  return { slip, files: [{ ...file, text: lines.join('\n') }] };
}
