/**
 * Checks of derived tables that depend on more than one consultation: counts, words of the queue, sightings, clients,
 * the outbox, tallies.
 */
import type Sqlite from 'better-sqlite3';
import { ERASED_BODIES } from '../audit/erasure.ts';
import type { Findings } from '../audit/findings.ts';
import { readCheckpoint } from '../audit/signed-checkpoint.ts';
import { checkOutbox } from './check-outbox.ts';
import { checkTallySums } from './check-tallies.ts';
import { keptLevels, nodesOf } from './log-tree.ts';
import { NEVER_ASKED } from './may-be-erased.ts';

export function ruleFindings(real: Sqlite.Database, findings: Findings): void {
  for (const { text, kind } of RULES)
    for (const where of real.prepare(text).pluck().iterate() as Iterable<string>) findings.add(kind, where);
  checkCounts(real, findings);
  checkNodes(real, findings);
  checkOutbox(real, findings);
  checkTallySums(real, findings);
}

const HEADS = 'select id, head from newest_head order by id';
const NODES =
  'select level, count(*) as count, min("index") as first, max("index") as last from tree_nodes group by level';

/**
 * There must be one newest checkpoint, and exactly the nodes over the lines that it signed. Their contents are checked
 * together with the chain.
 */
function checkNodes(real: Sqlite.Database, findings: Findings): void {
  const heads = real.prepare(HEADS).all() as { id: number; head: string }[];
  for (const { id } of heads) if (id !== 1) findings.add('derived planted', `newest_head, row ${id}`);
  const newest = heads.find(({ id }) => id === 1);
  const { position = 0, root } = (newest && readCheckpoint(newest.head)) ?? {};
  const due = new Map(root === undefined ? [] : keptLevels(position).map((level) => [level, nodesOf(level, position)]));
  for (const { level, count, first, last } of real.prepare(NODES).all() as Record<string, number>[]) {
    const isWhole = count === due.get(level ?? 0) && first === 0 && last === (count ?? 0) - 1;
    if (!isWhole && newest !== undefined) findings.add('tree changed', `nodes of level ${level}: ${count}`);
    due.delete(level ?? 0);
  }
  for (const level of due.keys()) findings.add('tree changed', `nodes of level ${level}: none`);
}

const LIVES = `body not like '${ERASED_BODIES}'`;
const RULES: { kind: 'derived planted' | 'derived deleted' | 'derived changed'; text: string }[] = [
  {
    kind: 'derived planted',
    text: `select 'desk_words, row ' || rowid from desk_words where rowid not in (select number from desk_lines)`,
  },
  {
    kind: 'derived deleted',
    text: `select 'desk_words of consultation ' || consultation from desk_lines where number not in (select rowid from desk_words)`,
  },
  {
    kind: 'derived changed',
    text: `select 'retention_lines of consultation ' || consultation from retention_lines join consultations on id = consultation
      where kind = '${NEVER_ASKED}' and since not in ('', opened_at)`,
  },
  {
    kind: 'derived deleted',
    text: `select 'sightings of look ' || looks.seq from looks, json_each(case when ${LIVES} then body else '{}' end, '$.shown') as shown
      where not exists (select 1 from sightings where look = looks.seq and consultation = shown.value)
        and exists (select 1 from entries where consultation = shown.value and number = 1 and entries.${LIVES})`,
  },
  {
    kind: 'derived planted',
    text: `select 'sightings of look ' || sightings.look from sightings left join looks on looks.seq = look
      where looks.seq is null or (looks.${LIVES}
        and sightings.consultation not in (select value from json_each(looks.body, '$.shown')))`,
  },
  {
    kind: 'derived planted',
    text: `select 'clients, ' || clients.id from clients where not exists (select 1 from looks where what = 'client made'
        and json_extract(body, '$.client') = clients.id and json_extract(body, '$.name') = clients.name
        and json_extract(body, '$.area') = clients.area and json_extract(body, '$.rights') = clients.rights
        and json_extract(body, '$.token') = token_hash and json_extract(body, '$.expires') = expires_at)`,
  },
  {
    kind: 'derived changed',
    text: `select 'clients, ' || clients.id from clients where (revoked_at is null) = exists (select 1 from looks
        where what = 'client revoked' and json_extract(body, '$.client') = clients.id)
      or webhook_url is not (select json_extract(body, '$.url') from looks where what = 'client webhook'
        and json_extract(body, '$.client') = clients.id order by seq desc limit 1)`,
  },
];

/** Compares the counts with the sum over all consultations; the single rows are compared with their entries elsewhere. */
const COUNTED = `select area, month, facts.key as figure, facts.value as value, count(*) as count
  from figure_lines, json_each(case when json_valid(figure_lines.facts) then figure_lines.facts else '{}' end) as facts group by 1, 2, 3, 4`;
const ERASED = `select consultations.area, count(*) from retention_lines join consultations on id = consultation
  where erased_at is not null group by 1`;

interface Count {
  area: string;
  month: string;
  figure: string;
  value: string;
  count: number;
}

/**
 * Counts stay after an erasure, since they name nobody, so they may exceed the recomputed sum by one for each erased
 * consultation.
 */
function checkCounts(real: Sqlite.Database, findings: Findings): void {
  const read = (text: string) => real.prepare(text).all() as Count[];
  const keyOf = ({ area, month, figure, value }: Count) => JSON.stringify([area, month, figure, value]);
  const due = new Map(read(COUNTED).map((line) => [keyOf(line), line.count]));
  const erased = new Map(real.prepare(ERASED).raw().all() as [string, number][]);
  const extra = new Map<string, number>();
  for (const line of read('select * from figure_counts')) {
    const more = line.count - (due.get(keyOf(line)) ?? 0);
    due.delete(keyOf(line));
    const key = JSON.stringify([line.area, line.month, line.figure]);
    extra.set(key, (extra.get(key) ?? 0) + more);
    if (more < 0 || (extra.get(key) ?? 0) > (erased.get(line.area) ?? 0))
      findings.add('derived changed', `figure_counts: ${line.area}, ${line.month}, ${line.figure}`);
  }
  for (const key of due.keys()) findings.add('derived deleted', `figure_counts: ${key}`);
}
