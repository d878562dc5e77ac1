import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { contentFiles, TODAY } from '../web/app.ts';

const FILE = 'languages/pl.yaml';

/** The translated doors are national. */
const national = contentFiles.filter(({ folder }) => folder === 'national');

/** What the check reports if one line of the Polish table is replaced. */
function problemsWith(from: string | RegExp, to: string) {
  const files = national.map((file) => (file.name === FILE ? { ...file, text: file.text.replace(from, to) } : file));
  expect(files).not.toEqual(national);
  return loadLibrary(files, TODAY, 'parts').problems.map(({ file, line, message, kind }) => ({
    file,
    line,
    message,
    kind,
  }));
}

const lineOf = (text: string) =>
  (contentFiles
    .find(({ name }) => name === FILE)
    ?.text.split('\n')
    .findIndex((line) => line.includes(text)) ?? -2) + 1;

describe('the check of translations', () => {
  it('warns of a missing sentence, which is shown in English', () => {
    const found = problemsWith(/^ {2}Are you safe now, and will you be safe tonight\?:.*\n/m, '');
    expect(found).toMatchObject([{ kind: 'warning', file: `flows/national/${FILE}` }]);
    expect(found[0]?.message).toMatch(/no translation for "Are you safe now, and will you be safe tonight\?"/);
  });

  it('reports a translation whose English is no longer used, and what it may be now', () => {
    const found = problemsWith(
      'Are you safe now, and will you be safe tonight?:',
      'Are you safe just now, and will you be safe tonight?:',
    );
    expect(found.map(({ kind }) => kind)).toEqual(['warning', 'warning']);
    expect(found.map(({ message }) => message).join()).toMatch(
      /no door says "Are you safe just now, and will you be safe tonight\?" any more. It may be "Are you safe now, and will you be safe tonight\?" now/,
    );
    expect(found.map(({ line }) => line)).toContain(lineOf('Are you safe now, and will you be safe tonight?:'));
  });

  it.each([
    ['999', '998'],
    ['0800 1111', '0800 111'],
    ['55', '5'],
  ])('refuses the number %s turned into %s', (right, wrong) => {
    const [line = ''] = new RegExp(`^ {2}.*: .*${right}.*$`, 'm').exec(textOfPolish()) ?? [];
    const [english = '', polish = ''] = /^(.*?): (.*)$/.exec(line)?.slice(1) ?? [];
    const found = problemsWith(line, `${english}: ${polish.replace(right, wrong)}`);
    expect(found).toMatchObject([{ kind: 'error', message: expect.stringContaining('the numbers differ') }]);
  });

  it('refuses a missing gap', () => {
    const found = problemsWith('Pytanie {n} z około {m}', 'Pytanie {n}');
    expect(found).toMatchObject([{ kind: 'error', message: expect.stringContaining('the gaps in braces differ') }]);
  });

  it('refuses a signature without a day', () => {
    const found = problemsWith('signed by: nobody yet', 'signed by: A. Khan, safeguarding lead');
    expect(found).toMatchObject([{ kind: 'error', line: lineOf('signed by:') }]);
    expect(
      problemsWith('signed by: nobody yet', 'signed by: A. Khan, safeguarding lead\nsigned on: 2026-11-20'),
    ).toEqual([]);
  });
});

function textOfPolish(): string {
  return contentFiles.find(({ name }) => name === FILE)?.text ?? '';
}
