/**
 * What a start keeps of proved content for the next one, and what happens to it if somebody else writes to the folder.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLibrary } from '../server/open-library.ts';
import { TODAY, town } from './flow/small-content.ts';
import { libraryMac, markAnew } from './proved-library.ts';
import { makeFolder } from './store/temporary.ts';

const [RIGHT, WRONG] = ['0161 496 0000', '0161 496 0666'];

async function keepTown() {
  const [flowsDir, dataDir] = [makeFolder(), makeFolder()];
  for (const { folder, name, text } of town()) {
    mkdirSync(join(flowsDir, folder), { recursive: true });
    writeFileSync(join(flowsDir, folder, name), text);
  }
  const mac = () => libraryMac(dataDir);
  const open = async () => {
    const { library, problems } = await openLibrary({ flowsDir, dataDir, mac }, TODAY);
    return {
      problems,
      shown: JSON.stringify(library.areas.get('town'), (_, value) => (value instanceof Map ? [...value] : value)),
    };
  };
  const { problems, shown } = await open();
  expect([problems, shown.includes(RIGHT)]).toEqual([[], true]);
  const name = readdirSync(dataDir).find((file) => file.startsWith('library-')) ?? '';
  return { file: join(dataDir, name), name, mac, open };
}

/** Changes a number, and each hash in the file accordingly. */
function changeNumber(file: string): Buffer {
  const [mark = '', ...lines] = readFileSync(file, 'utf8').split('\n');
  const texts = lines.filter((_, index) => index % 2 === 1).map((json) => json.replaceAll(RIGHT, WRONG));
  const hashed = texts.flatMap((json) => [createHash('sha256').update(json).digest('hex'), json]);
  return Buffer.from([mark, ...hashed].join('\n'));
}

it('a cached library that somebody has changed is not used: everything is read and proved again', async () => {
  const { file, name, mac, open } = await keepTown();
  const [ours, theirs] = [readFileSync(file), changeNumber(file)];
  writeFileSync(file, theirs);
  expect((await open()).shown).toContain(RIGHT);
  expect(readFileSync(file).equals(ours)).toBe(true);
  // With a MAC made with another key, and with no MAC at all.
  for (const forged of [markAnew(theirs, name, libraryMac(makeFolder())), theirs.subarray(theirs.indexOf('\n') + 1)]) {
    writeFileSync(file, forged);
    expect((await open()).shown).not.toContain(WRONG);
  }
  // Only the MAC keeps it out.
  writeFileSync(file, markAnew(theirs, name, mac()));
  expect((await open()).shown).toContain(WRONG);
});
