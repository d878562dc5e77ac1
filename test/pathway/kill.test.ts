/** A half-filled instrument, while the program that fills it in is killed again and again. */

import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import { isRefusal } from '../../server/consultation/entry.ts';
import { readPathway } from '../../server/pathway/pathway.ts';
import { openStore } from '../../server/store/store.ts';
import { FLOW, VERSION } from '../store/kept-flow.ts';
import { checkStore } from '../store/kill-store.ts';
import { killAgainAndAgain } from '../store/killer.ts';
import { makeFile, openConsultation } from '../store/temporary.ts';
import type { Filled } from './filler.ts';
import { PATHWAY_OPENED } from './opened.ts';

it('keeps every acknowledged answer, counts nothing unfinished, and verify finds nothing', {
  timeout: 180_000,
}, async () => {
  const file = makeFile();
  const store = await openStore({ file, clock: () => new Date('2026-11-22T09:00:00Z') });
  const { id } = await openConsultation(store);
  await store.versions.keep(VERSION, FLOW);
  const started: Happening = {
    kind: 'instrument started',
    instrument: 'measurement_tool',
    title: 'M',
    of: 'measurement',
    version: VERSION,
    reason: '',
  };
  const decided = await store.log.decide(id, () => [PATHWAY_OPENED, started], 'duty worker');
  if (isRefusal(decided)) throw new Error(decided.message);
  const sheet = decided.entries.length;
  await store.close();

  const check = async (all: readonly Filled[]) => {
    const problems = await checkStore(file, []);
    const again = await openStore({ file, clock: () => new Date() });
    const entries = (await again.log.read(id)) ?? [];
    await again.close();
    const kept = new Set(
      entries.flatMap(({ what }) => (what.kind === 'instrument filled' ? [what.answers.analysis] : [])),
    );
    for (const { analysis } of all)
      if (!kept.has(analysis)) problems.push(`“${analysis}” was acknowledged and is not there`);
    const found = readPathway(entries)?.sheets[0];
    if (found?.state !== 'open' || found.completed !== undefined) problems.push('what is not finished counts');
    return problems;
  };
  const killed = await killAgainAndAgain<Filled>({
    command: [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'filler.ts'), file, id, String(sheet)],
    kills: 3,
    drive: listen,
    check,
  });
  expect(killed.problems).toEqual([]);
  expect(killed.acknowledged).toBeGreaterThan(10);
});

async function listen(program: ChildProcess, acknowledge: (filled: Filled) => void): Promise<void> {
  if (program.stdout === null) return;
  for await (const line of createInterface({ input: program.stdout }))
    if (line.endsWith('}')) acknowledge(JSON.parse(line) as Filled);
}
