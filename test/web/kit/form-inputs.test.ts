/** What a form holds besides somebody's own text is said in one place, and asked there by everything that lists or keeps it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { idIn, paths } from '../../../server/base/paths.ts';
import { isAskedAgain, isListed, isPartOfForm } from '../../../server/web/kit/form-inputs.ts';
import { linesOf } from '../../../server/web/kit/form-words.ts';

/** Hidden inputs of the forms of a record, as the views write them, without those that a draft never keeps. */
function hiddenOf(folder: string): string[] {
  const files = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const names = files.flatMap((text) => [...text.matchAll(/type="hidden"\s+name="([^"]+)"/g)].map(([, name]) => name));
  return names.filter((name): name is string => name !== undefined && name !== 'token' && name !== 'draft');
}

it('lists no input that only says which form or entry it is', () => {
  const names = [...new Set([...hiddenOf('views/record'), 'asks', 'deadline', 'signing', 'session', 'unsent'])];
  expect(names).toContain('corrects');
  expect(names.filter((name) => !isPartOfForm(name))).toEqual([]);
  expect(linesOf(new URLSearchParams(names.map((name) => [name, '7'])), [])).toEqual([]);
});

it('lists what somebody wrote or chose, and asks again what is pressed', () => {
  for (const name of ['reason', 'text', 'departs', 'keeper']) expect([name, isListed(name)]).toEqual([name, true]);
  for (const name of ['departs', 'take', 'unsent', 'keep-level'])
    expect([name, isAskedAgain(name)]).toEqual([name, true]);
  expect([isAskedAgain('reason'), isListed('keep-level')]).toEqual([false, false]);
});

it('reads the id in an address in one way, whatever follows it', () => {
  const id = 'x'.repeat(22);
  for (const address of [
    paths.deskRecord(id),
    paths.deskAnswers(id),
    paths.deskCorrecting(id, 7),
    `${paths.deskRecord(id)}#a`,
  ])
    expect(idIn(address, paths.deskRecord(''))).toBe(id);
  expect(idIn(paths.desk(), paths.deskRecord(''))).toBeUndefined();
  const own = ['server/web', 'server/web/kit', 'server/web/desk', 'server/web/people'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /\.slice\(start\.length\)|\(seen\|seen-/.test(readFileSync(`${folder}/${file}`, 'utf8'))),
  );
  expect(own).toEqual([]);
});
