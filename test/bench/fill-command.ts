/**
 * `npm run fill -- --consultations 1000000 --database FILE`: fills a new database with invented consultations, to see
 * how Front Door behaves after years of use, or in a whole country. With `--database postgres://…` it fills an empty
 * PostgreSQL database; `--keys FOLDER` then says where to put the audit key and the checkpoints. `--open 180`: how many
 * are not answered yet.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkpointFiles, databaseFile, openStore } from '../../server/store/store.ts';
import { loadReal } from '../real-content.ts';
import { desksOf, fill, keepFlows, openTarget, UNTIL } from './fill/fill.ts';

const USAGE =
  'Say how many and where: npm run fill -- --consultations 1000000 --database /tmp/filled/front-door.sqlite';

interface Place {
  file: string;
  databaseUrl?: string;
}

function placeOf(database: string, keys: string | undefined): Place {
  if (!/^postgres(ql)?:/.test(database)) return { file: database };
  if (keys === undefined) throw new Error('--keys is missing: the folder for the key of the audit and its heads');
  return { file: databaseFile(keys), databaseUrl: database };
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { consultations: text, database: text, keys: text, open: text } });
  const consultations = Number(values.consultations);
  if (!Number.isInteger(consultations) || consultations < 1 || values.database === undefined) throw new Error(USAGE);
  const place = placeOf(values.database, values.keys);
  if (place.databaseUrl === undefined && existsSync(place.file))
    throw new Error(`${place.file} is there already. Nothing was changed. Give a new file`);
  const desks = desksOf(loadReal());
  const store = await openStore({ ...place, clock: () => UNTIL });
  const isEmpty = (await store.chain.head()).position === 0;
  if (isEmpty) await keepFlows(store, desks);
  await store.close();
  if (!isEmpty)
    throw new Error('There are consultations in that database already. Nothing was changed. Give an empty one');
  const began = performance.now();
  const perSecond = (done: number) => Math.round((done * 1000) / (performance.now() - began));
  await fill(await openTarget(place), desks, checkpointFiles(place.file), {
    consultations,
    open: Number(values.open ?? 180),
    until: UNTIL,
    onProgress: (done) => {
      if (done % 19_200 === 0) console.log(`${done} consultations, ${perSecond(done)} a second`);
    },
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  const size = place.databaseUrl === undefined ? statSync(place.file).size : 0;
  const each = size === 0 ? '' : `, ${(size / consultations / 1024).toFixed(1)} KB on the disk for each`;
  console.log(
    `${consultations} consultations in ${seconds} s${each}; the keys are in ${join(dirname(place.file), '')}`,
  );
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
