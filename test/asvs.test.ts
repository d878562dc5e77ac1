import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASVS_REQUIREMENTS } from './asvs-requirements.ts';

const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'docs/asvs.md'), 'utf8');

interface Row {
  number: string;
  level: string;
  how: string;
  test: string;
}

function readRows(text: string): Row[] {
  const lines = text.split('\n').filter((line) => /^\| \d/.test(line));
  return lines.map((line) => {
    const [, number = '', level = '', , how = '', test = ''] = line.split('|').map((cell) => cell.trim());
    return { number, level, how, test };
  });
}

/** Files named in code: words with a folder or an extension, and no spaces. */
const filesIn = (text: string) =>
  [...text.matchAll(/`([^`\s]*(?:\/[^`\s/]+|\.(?:md|json|ts)))`/g)].map(([, file = '']) => file);
const isThere = (file: string) => existsSync(join(root, file));

type State = 'met' | 'met in part' | 'open' | 'does not apply';

function stateOf({ how }: Row): State {
  if (how.startsWith('does not apply: ')) return 'does not apply';
  if (how.startsWith('open: ')) return 'open';
  return how.includes('; open: ') ? 'met in part' : 'met';
}

/** What is wrong with the rows, each with its number. */
function problemsOf(rows: readonly Row[]): string[] {
  const numbers = rows.map(({ number }) => number);
  const missing = Object.keys(ASVS_REQUIREMENTS).filter((number) => !numbers.includes(number));
  const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index);
  return [
    ...missing.map((number) => `${number} is missing`),
    ...twice.map((number) => `${number} stands here twice`),
    ...rows.flatMap((row) => problemsOfRow(row).map((problem) => `${row.number}: ${problem}`)),
  ];
}

function problemsOfRow(row: Row): string[] {
  const { number, level, how, test } = row;
  const problems = [...filesIn(how), ...filesIn(test)].filter((file) => !isThere(file)).map((file) => `no ${file}`);
  if (String(ASVS_REQUIREMENTS[number]) !== level) problems.push(`its level is ${ASVS_REQUIREMENTS[number]}`);
  if (!filesIn(test).every((file) => file.startsWith('test/') && file.endsWith('.test.ts')))
    problems.push('what stands under "test" is no test');
  if (stateOf(row) === 'met' && test !== 'by reading' && filesIn(test).length === 0)
    problems.push('met, and no test is named');
  return problems;
}

describe('the table of OWASP ASVS 5.0', () => {
  const rows = readRows(document);

  it('has each requirement of levels 1 and 2 once, and names only files that exist', () => {
    expect(problemsOf(rows)).toEqual([]);
  });

  it('says how many are met, open, and do not apply', () => {
    const count = (state: State) => rows.filter((row) => stateOf(row) === state).length;
    expect(document.replace(/\s+/g, ' ')).toContain(
      `Of the ${rows.length} requirements, ${count('met')} are met, ${count('met in part')} are met in part, ` +
        `${count('open')} are open, and ${count('does not apply')} do not apply.`,
    );
  });

  it('lists the open requirements by their numbers', () => {
    const left = document.slice(document.indexOf('## What is left'), document.indexOf('## V1 '));
    const named = [...left.matchAll(/\d+\.\d+\.\d+/g)].map(([number]) => number);
    const open = new Set(rows.filter((row) => stateOf(row).match(/open|part/)).map(({ number }) => number));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((number) => !open.has(number))).toEqual([]);
  });

  it('fails for a row that is missing, doubled, without a test, or names a file that has moved', () => {
    const planted = readRows(
      document
        .replace(/^\| 1\.1\.2 .*\n/m, '')
        .replace(/^(\| 17\.3\.2 .*\n)/m, '$1$1')
        .replace(/^\| 6\.3\.2 .*\n/m, '| 6.3.2 | 2 | x | by `server/nowhere.ts` | |\n')
        .replace(/^\| 8\.3\.1 .*\n/m, '| 8.3.1 | 1 | x | `README.md` | `README.md`, `test/gone.test.ts` |\n'),
    );
    expect(problemsOf(planted)).toEqual([
      '1.1.2 is missing',
      '17.3.2 stands here twice',
      '6.3.2: no server/nowhere.ts',
      '6.3.2: its level is 1',
      '6.3.2: met, and no test is named',
      '8.3.1: no test/gone.test.ts',
      '8.3.1: what stands under "test" is no test',
    ]);
  });
});
