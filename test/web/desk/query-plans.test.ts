/**
 * What the queue, the manager's lists, the record and the search ask of the database does not grow with its contents:
 * no table that grows with the consultations is read from end to end or for a whole area, and none is sorted. SQLite's
 * query plans show this before there is a single row.
 */
import Sqlite from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { erase, planErasure } from '../../../server/erasure.ts';
import type { Desk } from '../../../server/flow/desk.ts';
import { verifyDatabase } from '../../../server/store/audit-lines.ts';
import { readHeadsOf } from '../../../server/store/checkpoints.ts';
import { checkpointFiles, openStore } from '../../../server/store/store.ts';
import { makeLog } from '../../audit/tampered-log.ts';
import { answered, createClock, openRaw } from '../../store/temporary.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { makeIds } from '../people/route-ids.ts';

const prepared = Sqlite.prototype.prepare;
afterEach(() => {
  Sqlite.prototype.prepare = prepared;
});

/** Every SQL text that is run from now on; with several databases, only those on this file. */
function collect(file?: string): Set<string> {
  const texts = new Set<string>();
  Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
    if (file === undefined || this.name === file) texts.add(text);
    return prepared.call(this, text);
  } as typeof prepared;
  return texts;
}

const GROWING =
  /\b(desk_lines|desk_words|desk_children|desk_child_words|entries|consultations|looks|chain|sightings|retention_lines)\b/;
/**
 * A scan of a whole table, or of all of an area. Words of a full text are looked up, although the plan calls that a
 * scan too.
 */
const GROWS = /^SCAN (?!.* VIRTUAL TABLE INDEX \d+:[^:]*M)|\(area=\?\)$/;

const ROW_OF_WORDS = /^SCAN desk_words VIRTUAL TABLE INDEX 0:=$/;

/** Scans that are limited in another way. */
const BOUNDED = [
  // Only open consultations: the index contains nothing else.
  /USING INDEX desk_lines_first \(area=\?\)$/,
  // Where so many children have a name that the newest are soon found.
  /USING INDEX desk_lines_asked \(area=\?\)$/,
  // The words of one row.
  ROW_OF_WORDS,
  // The first worker's name in the index.
  /USING COVERING INDEX desk_lines_worker_name \(area=\?\)$/,
];

function plansOf(file: string, texts: Iterable<string>, kinds = /^\s*(select|with)\b/i): string[] {
  const raw = openRaw(file);
  // The search creates it for its own connection.
  raw.exec('create virtual table temp.desk_word_list using fts5vocab(main, desk_words, instance)');
  return [...texts]
    .filter((text) => kinds.test(text))
    .flatMap((text) => {
      const values = Array.from({ length: text.match(/\?/g)?.length ?? 0 }, () => 'x');
      const steps = raw.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
      return steps.map(({ detail }) => detail);
    });
}

it('what the desk’s pages query is found by an index', async () => {
  const texts = collect();
  const world = await openDeskApp();
  const may = await world.openDesk('operational manager');
  const { own } = await makeIds(world, paths.deskRecord(':id'), may);
  const id = own.id ?? '';
  const addChild = () =>
    may.post(paths.deskAction(id, 'household-children'), { name: 'Ada Lee', age: '5' }, paths.deskRecord(id));
  const record = async () => {
    await addChild();
    return may.get(paths.deskRecord(id));
  };
  const reference = (await world.store.consultations.find(id))?.reference ?? '';
  const search = (form: Record<string, string>) => () => may.post(paths.deskSearch(), form);
  /**
   * A statement is prepared only once, so each kind of search is examined when it first comes. `by`: the index that it
   * has to use.
   */
  const asked: [name: string, ask: () => Promise<{ status: number }>, by?: RegExp][] = [
    ['queue', () => may.get(paths.desk()), /desk_lines_first/],
    ['queue asking again', () => may.get(paths.deskLines())],
    ['tray', () => may.get(paths.deskOf('overdue'))],
    ['record', record, /desk_children_named \(area=\? AND child_key=\?\)/],
    ['who has seen it', () => may.get(paths.deskAccessLog(id)), /looks_of \(consultation=\?\)/],
    ['hand over', () => may.get(paths.deskHandover())],
    ['search by words', search({ words: 'phone' }), /^SCAN desk_words VIRTUAL TABLE INDEX/],
    ['by agency and date', search({ agency: 'Elm', from: '1 1 2026', to: '1 3 2026' }), /^SCAN desk_words .*M\d></],
    ['by date', search({ from: '1 1 2026', to: '1 3 2026' }), /desk_lines_asked \(area=\? AND asked_at>\?/],
    ['by child', search({ child: 'Ada' }), /desk_child_words_word \(area=\? AND word>\? AND word<\?\)/],
    ['by two names', search({ child: 'Ada Lee' }), /\(consultation=\? AND child_key=\? AND word>\? AND word<\?\)/],
    ['by child and words', search({ child: 'Ada', words: 'phone' }), ROW_OF_WORDS],
    ['by reference', search({ reference }), /consultations_2 \(reference=\?\)/],
    ['by reference and words', search({ reference, words: 'phone' }), ROW_OF_WORDS],
    ['by words and state', search({ words: 'phone', state: 'open' }), ROW_OF_WORDS],
    ['by outcome and words', search({ words: 'phone', outcome: 'early_help' }), ROW_OF_WORDS],
    ['by worker', search({ worker: 'manager' }), /desk_lines_worker_name \(area=\? AND worker_name=\?\)/],
    ['by level', search({ level: '4' }), /desk_lines_level \(area=\? AND level=\?\)/],
    ['for what is open', search({ state: 'open' }), /desk_lines_state \(area=\? AND state=\?\)/],
    ['by outcome', search({ outcome: 'early_help' }), /desk_lines_outcome \(area=\? AND outcome=\?\)/],
  ];
  for (const [name, ask, by] of asked) {
    texts.clear();
    expect([name, (await ask()).status]).toEqual([name, 200]);
    const steps = plansOf(world.store.file, [...texts]);
    const grows = steps.filter(
      (step) => GROWS.test(step) && GROWING.test(step) && !BOUNDED.some((bounded) => bounded.test(step)),
    );
    expect([name, grows]).toEqual([name, []]);
    if (by !== undefined)
      expect([name, steps.filter((step) => by.test(step)).length > 0, steps]).toEqual([name, true, steps]);
  }
}, 60_000);

it('a start, and a check since an earlier one, do not read more of a larger database', async () => {
  const { file, ids } = await makeLog();
  const before = await verifyDatabase(file, readHeadsOf(checkpointFiles(file)));
  const texts = collect(file);
  const store = await openStore({ file, clock: createClock() });
  const opening = [...texts];
  await store.log.decide(ids[0] ?? '', () => [answered('c')], 'professional');
  await store.close();
  texts.clear();
  const { findings } = await verifyDatabase(file, readHeadsOf(checkpointFiles(file)), before.head);
  expect(findings.list()).toEqual([]);
  const steps = [...opening, ...texts].flatMap((text) => {
    const newest = /order by "?(position|seq)"? desc limit/.test(text);
    return plansOf(file, [text]).filter((step) => !(newest && /^SCAN (chain|entries|looks)$/.test(step)));
  });
  const few = [
    /desk_lines_first$/,
    /looks_restores$/,
    /looks_row_changes$/,
    /^SCAN desk_words VIRTUAL TABLE INDEX 0:=$/,
  ];
  const grows = steps.filter((step) => GROWS.test(step) && GROWING.test(step) && !few.some((one) => one.test(step)));
  expect(grows).toEqual([]);
});

/**
 * Tables in which rows of closed consultations stay. Open pages and sessions disappear within hours, drafts within
 * days.
 */
const STAYS = /\b(deliveries|mails|figure_lines|pathway_lines|return_codes|sheet_fields|tallies)\b/;

it('an erasure finds what it erases without scanning anything else', async () => {
  const world = await openDeskApp();
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskSearch(), { words: 'Wolverine' }, paths.deskSearch());
  const { own } = await makeIds(world, paths.deskRecord(':id'), lead);
  const id = own.id ?? '';
  await lead.get(paths.deskRecord(id));
  const desk = world.services.library.areas.get('bury')?.desk as Desk;
  await world.store.checkpoints.write();
  world.clock.pass(12 * 366 * 24 * 60);
  const later = await world.openDesk('safeguarding lead');
  await later.post(paths.deskRetentionAction(id, 'approvals'), {}, paths.deskRetention(id));
  const texts = collect(world.store.file);
  const planned = await planErasure(world.store, 'bury', desk, world.clock().toISOString().slice(0, 10));
  expect([planned.due.filter(({ approved }) => approved).length, planned.searches.length]).toEqual([1, 1]);
  expect(await erase(world.store, planned)).toBeGreaterThan(3);
  const steps = plansOf(world.store.file, texts, /^\s*(select|with|update|delete)\b/i);
  expect(steps.filter((step) => /looks_searches \(area=\? AND at<\?\)/.test(step))).not.toEqual([]);
  expect(steps.filter((step) => /retention_lines_due \(area=\? AND kind=\? AND last<\?\)/.test(step))).not.toEqual([]);
  // What the desk was never asked about is looked for from where the last erasure ended.
  const fromThere = /consultations_opened \(area=\? AND opened_at>\? AND opened_at<\?\)/;
  expect(steps.filter((step) => fromThere.test(step))).not.toEqual([]);
  // The largest of an index is its last entry.
  const byRow = /^SCAN desk_words VIRTUAL TABLE INDEX 0:=$|retention_lines_erased_alone \(area=\?\)$/;
  const grows = steps.filter((step) => GROWS.test(step) && (GROWING.test(step) || STAYS.test(step)));
  const ofSource = steps.filter((step) => /\(source=\?\)$/.test(step));
  expect([...grows.filter((step) => !byRow.test(step)), ...ofSource]).toEqual([]);
}, 60_000);

it('a scan would be noticed', async () => {
  const world = await openDeskApp();
  const planted = [
    `select * from desk_lines where worker_name like '%x%'`,
    `select * from desk_lines where area = 'bury' and question = ? order by reference`,
    'select * from entries where kind = ?',
  ];
  for (const text of planted) {
    const steps = plansOf(world.store.file, [text]);
    expect([text, steps.some((step) => GROWS.test(step) && GROWING.test(step))]).toEqual([text, true]);
  }
});
