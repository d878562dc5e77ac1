/**
 * `node --import tsx test/bench/figures.ts`: a quarter's figures over many consultations, made through the store as the desk makes them.
 * CONSULTATIONS says how many (100,000), in the folder FIGURES_DIR if that is given, so that filling is done once.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Happening } from '../../server/consultation/entry.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { createFigures } from '../../server/figures/figures.ts';
import { figureKinds } from '../../server/figures/kinds.ts';
import { loadLibrary, readFolder } from '../../server/flow/library.ts';
import { databaseFile, openStore, type Store } from '../../server/store/store.ts';

const MANY = Number(process.env.CONSULTATIONS ?? 100_000);
const TOGETHER = 64;
const START = Date.parse('2026-10-01T08:00:00Z');
const QUARTER_MS = 90 * 86_400_000;

let now = START;
const folder = process.env.FIGURES_DIR ?? mkdtempSync(join(tmpdir(), 'front-door-figures-'));
const file = databaseFile(folder);
const isNew = !existsSync(file);
const store = await openStore({ file, clock: () => new Date(now) });
const files = readFolder(join(import.meta.dirname, '..', '..', 'flows')).filter(({ name }) => name !== 'cases.yaml');
const area = loadLibrary(files, '2026-11-22').library.areas.get('bury');
if (area?.desk === undefined) throw new Error('there is no desk in bury');
const { desk, facts } = area;

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() ** 2 * items.length)] as T;
}

/** Ten entries: asked, claimed, the fields, the outcome, and the answer. */
function whole(): Happening[] {
  const claim = { id: 'claim', do: 'Claim it', who: 'the desk', by: new Date(now + 3_600_000).toISOString() };
  const fields = desk.fields.flatMap((field): Happening[] => {
    if (field.counts === undefined) return [];
    const { id, text } = pick(field.options);
    const { label, counts } = field;
    return [{ kind: 'field recorded', field: field.id, label, value: id, words: text, reason: '', counts }];
  });
  const outcome = pick(desk.outcomes);
  return [
    { kind: 'handed over', question: 'Is this for you?', reach: '', urgent: 'no', deadlines: [claim] },
    ...fields.slice(0, 6),
    {
      kind: 'outcome recorded',
      outcome: outcome.id,
      words: outcome.label,
      reason: '',
      decidedBy: 'A',
      level: 3,
      advised: '',
      deadlines: [],
    },
    { kind: 'referrer answered', how: 'by telephone', answer: 'Keep watching' },
  ];
}

async function fill(into: Store): Promise<void> {
  for (let made = 0; made < MANY; made += TOGETHER) {
    now = START + Math.floor((made / MANY) * QUARTER_MS);
    const some = Array.from({ length: Math.min(TOGETHER, MANY - made) }, () =>
      into.consultations.open({
        area: 'bury',
        flow: 'level',
        version: 'v1',
        by: 'professional',
        makeReference: () => makeReference('B', randomBytes),
        also: whole(),
      }),
    );
    await Promise.all(some);
  }
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

const began = performance.now();
if (isNew) await fill(store);
const filled = performance.now() - began;
const period = { from: '2026-10', to: '2026-12' };
const times: number[] = [];
let total = 0;
for (let round = 0; round < 30; round++) {
  const from = performance.now();
  const counts = await store.figures.read('bury', period.from, period.to);
  const at = new Date(now).toISOString();
  const kinds = figureKinds(desk, facts, { at, today: at.slice(0, 10) });
  total = createFigures(counts, { period, kinds, floor: 5 }).total ?? 0;
  times.push(performance.now() - from);
}
const [first = 0] = times;
if (isNew) console.log(`filled in ${(filled / 1000).toFixed(0)} s, ${(filled / MANY).toFixed(2)} ms each`);
console.log(
  `${total} consultations: a quarter's figures in ${median(times).toFixed(1)} ms, the first in ${first.toFixed(1)} ms`,
);
await store.close();
