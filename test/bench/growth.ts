/**
 * `npm run bench:growth -- --database FILE`: compares a desk after years of use with a desk on its first day. It asks
 * the whole app over both databases for the same pages in turn, so that other load on the machine slows both, and
 * prints the ratio of the medians. Both have the same open work and the same recent consultations, because a queue is
 * as long as what has to be done, not as what was done. `--only record`: pages with that in their names; `--only
 * drafts`: a record with drafts. `npm run fill` fills a database; without `--database`, one of 20,000 is filled first.
 * For PostgreSQL: `--database postgres://… --keys FOLDER`, and an empty database with `--beside postgres://…`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { paths } from '../../server/base/paths.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import { checkpointFiles, databaseFile, openStore } from '../../server/store/store.ts';
import { loadReal } from '../real-content.ts';
import { type BenchDesk, openDesk, type Place } from './desk-app.ts';
import { desksOf, fill, keepFlows, openTarget, UNTIL } from './fill/fill.ts';
import { childOf, word } from './fill/invented.ts';
import { answerOf } from './journey.ts';

/** Enough that each search fills its page, as it does with more. */
const FEW = 12_000;
const MANY = 20_000;
const OPEN = 180;
const TIMES = Number(process.env.BENCH_TIMES ?? 100);
/** Warm-up requests, which are not counted. */
const WARM = 20;
/** How long a page of the full desk may take, as a multiple of the empty one. */
const AIM = 1.2;
/** The same for a page while the person has drafts elsewhere, as a multiple of one without. */
const DRAFTS_AIM = 1.05;

interface Answered {
  status: number;
}
type Ask = (index: number) => Promise<Answered>;

/** In milliseconds: elapsed time and processor time. */
interface Taken {
  clock: number[];
  processor: number[];
}

async function take(ask: Ask, index: number, into: Taken | undefined, name: string): Promise<void> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const { status } = await ask(index);
  const { user, system } = process.cpuUsage(cpu);
  if (status !== 200) throw new Error(`${name} was answered with ${status}`);
  into?.clock.push(performance.now() - began);
  into?.processor.push((user + system) / 1000);
}

const middle = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

/** `onServer`: the work of the database is not in this program's processor time, so only the clock counts. */
interface Judged {
  aim: number;
  onServer: boolean;
}

/** Measures the two in turn, and alternates which is first. */
async function compare(name: string, empty: Ask, full: Ask, { aim, onServer }: Judged): Promise<boolean> {
  const [ofEmpty, ofFull]: Taken[] = [
    { clock: [], processor: [] },
    { clock: [], processor: [] },
  ] as [Taken, Taken];
  for (let index = -WARM; index < TIMES; index++) {
    const counts = index >= 0;
    const both: [Ask, Taken | undefined][] = [
      [empty, counts ? ofEmpty : undefined],
      [full, counts ? ofFull : undefined],
    ];
    for (const [ask, into] of index % 2 === 0 ? both : both.reverse()) await take(ask, index + WARM, into, name);
  }
  const [one, other] = [ofEmpty as Taken, ofFull as Taken];
  const by = (kind: keyof Taken) => ({ empty: middle(one[kind]), full: middle(other[kind]) });
  const [clock, processor] = [by('clock'), by('processor')];
  const byClock = clock.full / clock.empty;
  const times = onServer ? byClock : Math.min(byClock, processor.full / processor.empty);
  const words = ({ empty: before, full: after }: typeof clock) =>
    `${before.toFixed(2)} → ${after.toFixed(2)} ms, ${(after / before).toFixed(2)} times`;
  console.log(`${times <= aim ? 'ok  ' : 'MORE'} ${name}: ${words(clock)}; processor ${words(processor)}`);
  return times <= aim;
}

/** Prepares the same for both: people, and consultations that they look at. */
async function preparePages({ desk, consultations }: { desk: BenchDesk; consultations: number }) {
  const worker = await desk.signIn('duty worker', 'bury');
  const manager = await desk.signIn('operational manager', 'bury');
  const lead = await desk.signIn('safeguarding lead', 'bury');
  const chosen = await choose(desk);
  const two = (tried: number) => `${word(tried)} ${word(tried * 31)}`;
  const never = await chooseWords(desk, two, (found) => found === 0);
  const once = await chooseWords(desk, two, (found) => found === 1);
  const full = await chooseWords(
    desk,
    (tried) => word(tried * 97),
    (found) => found > PAGE,
  );
  const named = await chooseWords(
    desk,
    (tried) => `phone ${childOf(tried * 3)}`,
    (found) => found === 1,
  );
  const pick = (index: number) => chosen[(index * 7919) % chosen.length] as QueueRow;
  const search = (fields: Record<string, string>) => worker.post(paths.deskSearch(), fields);
  await worker.get(paths.deskSearch());
  /** Every third consultation belongs to Bury. */
  const child = (index: number) => childOf((index * 7919 * 3) % consultations);
  const asks: Record<string, Ask> = {
    step: createSteps(desk),
    queue: () => worker.get(paths.desk()),
    'queue asking again': () => worker.get(paths.deskLines()),
    'tray: to countersign': () => manager.get(paths.deskOf('to-countersign')),
    'tray: overdue': () => manager.get(paths.deskOf('overdue')),
    'tray: colleague absent': () => manager.get(paths.deskOf('absent')),
    'hand over of the shift': () => manager.get(paths.deskHandover()),
    record: (index) => worker.get(paths.deskRecord(pick(index).consultation)),
    'record again': (index) => worker.get(paths.deskRecord(pick(index).consultation)),
    'who has seen it': (index) => manager.get(paths.deskAccessLog(pick(index).consultation)),
    'search by the child': (index) => search({ child: child(index) }),
    'search by a name that many have': (index) => search({ child: word(index).slice(0, 2) }),
    'search by two words that stand together once': (index) => search({ words: once[index % once.length] ?? '' }),
    'search by two words that never stand together': (index) => search({ words: never[index % never.length] ?? '' }),
    'search by a word': (index) => search({ words: full[index % full.length] ?? '' }),
    'search by a common word and a name among the words': (index) =>
      search({ words: named[index % named.length] ?? '' }),
    'search by a reference': (index) => search({ reference: pick(index).reference }),
    'search by the child and a common word': (index) => search({ child: child(index), words: 'phone' }),
    'search by a common word, in two years': () => search({ words: 'phone', from: '1 11 2024', to: '30 11 2026' }),
    'search by a common word, of what is open': () => search({ words: 'phone', state: 'open' }),
    'search by a common word': () => search({ words: 'phone' }),
    'search by the child among words': (index) => search({ words: child(index) }),
    'search by agency and date': () => search({ agency: 'Elm', from: '22 11 2026', to: '22 11 2026' }),
    'search by outcome': () => search({ outcome: 'referral_agreed' }),
    'search by worker': (index) => search({ worker: `Worker ${index % 40}` }),
    'search by level': () => search({ level: '3' }),
    'figures of the month': () => lead.get(`${paths.figures()}?from=1+11+2026&to=30+11+2026`),
  };
  return asks;
}

/** Closed consultations from every month. */
async function choose({ store }: BenchDesk): Promise<QueueRow[]> {
  const chosen: QueueRow[] = [];
  for (let month = 0; month < 37; month++) {
    const day = (more: number) => new Date(Date.UTC(2023, 10 + month + more, 1)).toISOString();
    chosen.push(...(await store.queueRows.search('bury', { from: day(0), before: day(1), state: 'closed' }, 20)));
  }
  return chosen;
}

/** As many as are asked for in turn. */
const SEARCHES = 40;
const MOST_TRIED = 20_000;
/** How many consultations a search shows. */
const PAGE = 50;

/**
 * Words that as many consultations have here as `fits` says. A full desk shows no more rows for them than an empty one,
 * so all that grows is the work of finding them.
 */
async function chooseWords(
  { store }: BenchDesk,
  wordsOf: (tried: number) => string,
  fits: (found: number) => boolean,
): Promise<string[]> {
  const chosen: string[] = [];
  for (let tried = 0; tried < MOST_TRIED && chosen.length < SEARCHES; tried++) {
    const words = wordsOf(tried);
    const found = await store.queueRows.search('bury', { words }, PAGE);
    if (fits(found.length)) chosen.push(words);
  }
  if (chosen.length === 0) throw new Error(`of ${MOST_TRIED} searches none finds as many as it should`);
  return chosen;
}

/** A professional who answers one question after the other, and begins again at the end. */
function createSteps(desk: BenchDesk): Ask {
  let [browser, at, page] = [desk.openBrowser(), '', ''];
  const begin = async () => {
    browser = desk.openBrowser();
    await browser.get('/areas/bury');
    const opened = await browser.post('/consultations', { area: 'bury', flow: 'level' });
    at = (opened.location ?? '').replace(/\/questions\/.*/, '');
    page = (await browser.get(opened.location ?? '')).text;
  };
  return async () => {
    if (page === '') await begin();
    const reply = await browser.post(`${at}/answers`, Object.fromEntries(answerOf(page)), undefined, {
      'HX-Request': 'true',
    });
    page = reply.headers.has('HX-Redirect') ? '' : reply.text;
    return reply;
  };
}

/** More than anybody leaves unsent. */
const DRAFTS = 40;

/** Checks that drafts elsewhere do not slow down a record, on the full desk. */
async function compareDrafts(desk: BenchDesk, onServer: boolean): Promise<boolean> {
  const chosen = await choose(desk);
  const [reader, writer] = [await desk.signIn('duty worker', 'bury'), await desk.signIn('duty worker', 'bury')];
  for (const { consultation: id } of chosen.slice(0, DRAFTS)) {
    const place = { 'draft-form': paths.deskAddition(id, 'notes'), 'draft-page': paths.deskQuestions(id) };
    await writer.post(paths.drafts(), { ...place, text: 'He was not at school, and nobody knows where he is' });
  }
  const others = chosen.slice(DRAFTS);
  const record = (index: number) => paths.deskRecord(others[(index * 7919) % others.length]?.consultation ?? '');
  return compare(
    `record, without and with ${DRAFTS} drafts kept elsewhere`,
    (index) => reader.get(record(index)),
    (index) => writer.get(record(index)),
    { aim: DRAFTS_AIM, onServer },
  );
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { database: text, keys: text, beside: text, consultations: text, only: text },
  });
  const folder = mkdtempSync(join(tmpdir(), 'front-door-growth-'));
  try {
    const isOnServer = values.database?.startsWith('postgres') === true;
    if (isOnServer && values.beside === undefined) throw new Error('--beside is missing: an empty PostgreSQL database');
    const small: Place = { file: databaseFile(join(folder, 'empty')), databaseUrl: values.beside };
    await fillNew(small, FEW);
    const full: Place = isOnServer
      ? { file: databaseFile(values.keys ?? ''), databaseUrl: values.database }
      : { file: values.database ?? databaseFile(join(folder, 'full')) };
    if (values.database === undefined) await fillNew(full, MANY);
    await compareAll(small, full, Number(values.consultations ?? MANY), values.only ?? '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillNew(place: Place, consultations: number): Promise<void> {
  const desks = desksOf(loadReal());
  const store = await openStore({ ...place, clock: () => UNTIL });
  await keepFlows(store, desks);
  await store.close();
  await fill(await openTarget(place), desks, checkpointFiles(place.file), { consultations, open: OPEN, until: UNTIL });
}

/** `only`: pages with this in their names. */
async function compareAll(small: Place, full: Place, consultations: number, only: string): Promise<void> {
  const opened: BenchDesk[] = [];
  for (const place of [small, full]) {
    const began = performance.now();
    opened.push(await openDesk(place));
    console.log(`opened in ${(performance.now() - began).toFixed(0)} ms`);
  }
  const [empty, grown] = opened as [BenchDesk, BenchDesk];
  const before = await preparePages({ desk: empty, consultations: FEW });
  const after = await preparePages({ desk: grown, consultations });
  const more: string[] = [];
  const wanted = Object.entries(before).filter(([name]) => name.includes(only));
  const onServer = full.databaseUrl !== undefined;
  for (const [name, ask] of wanted)
    if (!(await compare(name, ask, after[name] as Ask, { aim: AIM, onServer }))) more.push(name);
  if ('drafts'.includes(only) && !(await compareDrafts(grown, onServer))) more.push('a record with drafts');
  for (const desk of opened) await desk.store.close();
  const verdict = more.length === 0 ? 'nothing takes' : `${more.join(', ')} take`;
  console.log(`${verdict} more than its aim: ${AIM} times as long as on the first day, with drafts ${DRAFTS_AIM}`);
}

await main();
