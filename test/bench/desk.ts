/**
 * `npm run bench:desk`: a desk after years. Fills a database with invented consultations through the store itself, then asks the whole app for
 * queue, tray, record and search, and checks the log; the same on an almost empty one, with the ratio. BENCH_CONSULTATIONS says how many;
 * BENCH_FOLDER names a folder that is kept, and is not filled again when it has been filled. Beside the time by the clock stands the time of
 * the processor, which a busy machine lengthens less.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '../../server/audit/verify.ts';
import { paths } from '../../server/base/paths.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import { openAuditLines } from '../../server/store/audit-lines.ts';
import { readPublicKey } from '../../server/store/checkpoints.ts';
import { checkpointFiles } from '../../server/store/store.ts';
import { type BenchDesk, openDesk } from './desk-app.ts';
import { fill, word } from './desk-fill.ts';

const MANY = Number(process.env.BENCH_CONSULTATIONS ?? 100_000);
const FEW = 30;
const TIMES = 150;
/** Warm-up requests, which are not counted. */
const WARM = 40;
/** Target for the 95th percentile, in milliseconds. */
const AIM = 50;

interface Measured {
  name: string;
  p50: number;
  p95: number;
  /** Milliseconds of the processor. */
  cpu50: number;
  cpu95: number;
}

async function measure(name: string, ask: (index: number) => Promise<{ status: number }>): Promise<Measured> {
  const [took, used]: [number[], number[]] = [[], []];
  for (let index = -WARM; index < TIMES; index++) {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const { status } = await ask(index + WARM);
    if (status !== 200) throw new Error(`${name} was answered with ${status}`);
    const { user, system } = process.cpuUsage(cpu);
    if (index < 0) continue;
    took.push(performance.now() - began);
    used.push((user + system) / 1000);
  }
  const at = (all: number[], share: number) => all.sort((a, b) => a - b)[Math.floor(all.length * share)] ?? Number.NaN;
  return { name, p50: at(took, 0.5), p95: at(took, 0.95), cpu50: at(used, 0.5), cpu95: at(used, 0.95) };
}

/** Some of every month. */
async function choose({ store }: BenchDesk): Promise<QueueRow[]> {
  const chosen: QueueRow[] = [];
  for (let month = 0; month < 37; month++) {
    const day = (more: number) => new Date(Date.UTC(2023, 10 + month + more, 1)).toISOString();
    chosen.push(...(await store.queueRows.search('bury', { from: day(0), before: day(1) }, 20)));
  }
  return chosen;
}

const DRAFTED = 'record, with forty drafts kept elsewhere';
/** More than anybody leaves unsent. */
const DRAFTS = 40;

async function keepDrafts(writer: Awaited<ReturnType<BenchDesk['signIn']>>, ids: readonly string[]): Promise<void> {
  for (const id of ids.slice(0, DRAFTS)) {
    const place = { 'draft-form': paths.deskAddition(id, 'notes'), 'draft-page': paths.deskQuestions(id) };
    await writer.post(paths.drafts(), { ...place, text: 'He was not at school, and nobody knows where he is' });
  }
}

/** By the middle of the processor's times: the clock says more of what else the machine does. */
function describeDrafts(measured: readonly Measured[]): string {
  const of = (name: string) => measured.find((one) => one.name === name)?.cpu50 ?? Number.NaN;
  const share = (of(DRAFTED) / Math.min(of('record'), of('record again')) - 1) * 100;
  return `drafts add ${share.toFixed(1)} % to a record (at most 5 %)`;
}

async function measureDesk(folder: string, consultations: number) {
  const file = join(folder, 'front-door.sqlite');
  const isFilled = existsSync(file);
  const desk = await openDesk(file);
  const began = performance.now();
  if (!isFilled) await fill(desk, consultations);
  console.log(`${consultations} consultations filled in ${Math.round((performance.now() - began) / 1000)} s`);
  const lines = await choose(desk);
  const [ids, children] = [lines.map((line) => line.consultation), lines.map((line) => line.child)];
  const worker = await desk.signIn('duty worker', 'bury');
  const writer = await desk.signIn('duty worker', 'bury');
  const manager = await desk.signIn('operational manager', 'bury');
  await keepDrafts(writer, ids);
  const lead = await desk.signIn('safeguarding lead', 'bury');
  const pick = <T>(all: readonly T[], index: number) => all[(index * 7919) % all.length] as T;
  const search = (fields: Record<string, string>) => worker.post(paths.deskSearch(), fields);
  await worker.get(paths.deskSearch());
  const measured = [
    await measure('queue', () => worker.get(paths.desk())),
    await measure('queue asking again', () => worker.get(paths.deskLines())),
    await measure('tray: to countersign', () => manager.get(paths.deskOf('to-countersign'))),
    await measure('tray: colleague absent', () => manager.get(paths.deskOf('absent'))),
    await measure('record', (index) => worker.get(paths.deskRecord(pick(ids, index)))),
    await measure(DRAFTED, (index) => writer.get(paths.deskRecord(pick(ids, index)))),
    await measure('record again', (index) => worker.get(paths.deskRecord(pick(ids, index)))),
    await measure('search by two words', (index) => search({ words: `${word(index)} ${word(index * 31)}` })),
    await measure('search by a common word', () => search({ words: 'phone' })),
    await measure('search by the child among words', (index) => search({ words: pick(children, index) })),
    await measure('search by the child', (index) => search({ child: pick(children, index) })),
    await measure('search by agency and date', () => search({ agency: 'Elm', from: '1 1 2025', to: '1 3 2025' })),
    await measure('search by outcome', () => search({ outcome: 'referral_agreed' })),
    await measure('figures of a quarter', () => lead.get(`${paths.figures()}?from=1+7+2026&to=30+9+2026`)),
  ];
  await desk.store.close();
  return { measured, file };
}

function measureVerify(file: string): string {
  const { keyFile, headsFile } = checkpointFiles(file);
  const heads = { lines: readFileSync(headsFile, 'utf8').split('\n').filter(Boolean), key: readPublicKey(keyFile) };
  const began = performance.now();
  const lines = openAuditLines(file);
  const { findings, lines: count } = verify({ ...lines, heads: { ...heads, printed: [] } });
  lines.close();
  const sound = findings.list().length === 0 ? 'sound' : 'NOT SOUND';
  return `verify: ${count} lines in ${((performance.now() - began) / 1000).toFixed(1)} s, ${sound}`;
}

const made = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'front-door-desk-')));
const [few = '', many = ''] = made;
try {
  const empty = await measureDesk(few, FEW);
  const full = await measureDesk(process.env.BENCH_FOLDER ?? many, MANY);
  console.log(measureVerify(full.file));
  for (const [index, { name, p50, p95, cpu50, cpu95 }] of full.measured.entries()) {
    const ratio = p95 / (empty.measured[index]?.p95 ?? Number.NaN);
    const words = `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${ratio.toFixed(1)} times the empty one`;
    const processor = `processor p50 ${cpu50.toFixed(1)} ms, p95 ${cpu95.toFixed(1)} ms`;
    const verdict = p95 < AIM ? 'ok  ' : cpu95 < AIM ? 'BUSY' : 'SLOW';
    console.log(`${verdict} ${name}: ${words}; ${processor}`);
  }
  console.log(describeDrafts(full.measured));
} finally {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
}
