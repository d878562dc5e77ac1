/**
 * Checks the derived tables against the entries: derives the rows of each consultation again, with the functions that the server uses, and
 * compares them with the stored rows.
 */
import type Sqlite from 'better-sqlite3';
import { findErasure } from '../audit/erasure.ts';
import type { Findings } from '../audit/findings.ts';
import { CHECKED, type RecomputedTable } from './checked-tables.ts';
import { type DerivedRows, deriveRows } from './derived-rows.ts';
import { ruleFindings } from './derived-rules.ts';
import { type StoredEntry, toEntry } from './entry-lines.ts';
import { RENEWED_FORM, ROW_FORM } from './queue-row-mapping.ts';
import type { Tables } from './tables.ts';
import { parseVersion, type Versions } from './versions.ts';

type Row = Record<string, unknown>;

const RECOMPUTED = (Object.keys(CHECKED) as (keyof Tables)[]).filter(
  (table): table is RecomputedTable => CHECKED[table] === 'recomputed',
);

/** `after`: check only consultations that have entries after this one; 0 checks all. */
export async function checkDerived(real: Sqlite.Database, findings: Findings, after = 0): Promise<void> {
  const compare = createComparison(real, findings);
  const versions = { find: createFinder(real) };
  for (const { id, lines } of readConsultations(real, after)) {
    if (lines.some(({ body }) => findErasure(body) !== undefined)) compare.erased(id);
    else compare.rows(id, await derive(versions, id, lines, findings));
  }
  // Tables about all consultations together can be checked only when all of them are.
  if (after > 0) return;
  compare.rest();
  ruleFindings(real, findings);
}

/** One statement for all consultations, because there are many. */
function* readConsultations(real: Sqlite.Database, after: number): Generator<{ id: string; lines: StoredEntry[] }> {
  const since = 'where consultation in (select consultation from entries where seq > ?)';
  const rows = real
    .prepare(
      `select consultation, number, at, "by", kind, body from entries ${after > 0 ? since : ''} order by consultation, number`,
    )
    .iterate(...(after > 0 ? [after] : [])) as Iterable<StoredEntry & { consultation: string }>;
  let [id, lines]: [string, StoredEntry[]] = ['', []];
  for (const line of rows) {
    if (line.consultation !== id && lines.length > 0) {
      yield { id, lines };
      lines = [];
    }
    id = line.consultation;
    lines.push(line);
  }
  if (lines.length > 0) yield { id, lines };
}

/**
 * If the entries cannot be read, no rows are expected. Both the entries and every row stored for them are reported
 * elsewhere.
 */
async function derive(
  versions: Pick<Versions, 'find'>,
  id: string,
  lines: readonly StoredEntry[],
  findings: Findings,
): Promise<DerivedRows | undefined> {
  try {
    return await deriveRows(versions, id, lines.map(toEntry));
  } catch {
    findings.add('derived changed', `consultation ${id}: its entries cannot be read`);
    return undefined;
  }
}

/** A flow that somebody has changed is reported elsewhere; here it counts as unknown. */
function createFinder(real: Sqlite.Database): Versions['find'] {
  const known = new Map<string, ReturnType<typeof parseVersion>>();
  const bodyOf = real.prepare('select body from flow_versions where version = ?').pluck();
  return async (version) => {
    if (!known.has(version)) known.set(version, parseVersion(version, String(bodyOf.get(version) ?? '')));
    return known.get(version);
  };
}

interface QueueLine {
  number: number;
  form: number;
}

/** The first entry after which a row was written in the newest form. */
const NEW_FORM_SINCE = `select min((select max(at) from entries where entries.consultation = desk_lines.consultation))
  from desk_lines where form = ? and due is null`;
/** Only the queue table has gained columns since it was created. */
const LATER = `select name from pragma_table_info('desk_lines')
  where cid > (select cid from pragma_table_info('desk_lines') where name = 'closed_at')`;

const isClosed = (due: DerivedRows | undefined) => due?.desk_lines.every((line) => line.due === null) === true;

/** Columns whose meaning changed with the row form. The server renews such rows after its start; until then they are not compared. */
const RENEWED: ReadonlySet<RecomputedTable> = new Set(['figure_lines', 'desk_child_words']);

/** The row id, which is not compared. */
const PLACE = 'number';

function createComparison(real: Sqlite.Database, findings: Findings) {
  const tables = RECOMPUTED.map((table) => ({
    table,
    defaults: defaultsOf(real, table),
    later: new Set(table === 'desk_lines' ? (real.prepare(LATER).pluck().all() as string[]) : []),
    there: real.prepare(`select * from ${table} where consultation = ?`),
  }));
  const lineOf = real.prepare('select number, form from desk_lines where consultation = ?');
  const lastOf = real.prepare('select max(at) from entries where consultation = ?').pluck();
  // Read once, and only if some row has an older form, because it scans all closed consultations.
  let since: string | null | undefined;
  const newFormSince = () => {
    since ??= real.prepare(NEW_FORM_SINCE).pluck().get(ROW_FORM) as string | null;
    return since;
  };
  /** Open rows are renewed before the first request; others soon after, or with their next entry. */
  const isOlder = (id: string, line: QueueLine, due: DerivedRows | undefined) => {
    if (line.form >= RENEWED_FORM || !isClosed(due)) return false;
    const began = newFormSince();
    return began === null || String(lastOf.get(id)) < began;
  };
  const wordsOf = real.prepare('select * from desk_words where rowid = ?');
  return {
    rows(id: string, due: DerivedRows | undefined): void {
      const line = lineOf.get(id) as QueueLine | undefined;
      const isNewForm = line === undefined || !isOlder(id, line, due);
      for (const { table, defaults, later, there } of tables) {
        if (!isNewForm && RENEWED.has(table)) continue;
        const rows = { is: there.all(id) as Row[], must: (due?.[table] ?? []) as Row[], defaults, later, isNewForm };
        compareRows(findings, rows, `${table} of consultation ${id}`);
      }
      if (!isNewForm) return;
      // The check of all consultations reports missing rows.
      const words = line === undefined ? undefined : (wordsOf.get(line.number) as Row | undefined);
      if (words === undefined || due === undefined) return;
      const rows = { is: [words], must: due.desk_words, defaults: {}, later: new Set<string>(), isNewForm: true };
      compareRows(findings, rows, `desk_words of consultation ${id}`);
    },
    erased(id: string): void {
      for (const { table, there } of tables)
        checkErased(findings, there.all(id) as Row[], `${table} of consultation ${id}`);
    },
    /** Rows of consultations that have no entries. */
    rest(): void {
      for (const { table } of tables)
        for (const id of real.prepare(withoutEntries(table)).pluck().iterate())
          findings.add('derived planted', `${table} of consultation ${id}`);
    },
  };
}

const withoutEntries = (table: RecomputedTable) =>
  `select consultation from ${table} where consultation not in (select consultation from entries)`;

function checkErased(findings: Findings, is: Row[], where: string): void {
  const isMark = is.length === 1 && typeof is[0]?.erased_at === 'string' && is[0].approved === 0;
  if (where.startsWith('retention_lines')) {
    if (!isMark) findings.add('derived changed', where);
  } else if (is.length > 0) findings.add('derived planted', where);
}

interface Compared {
  is: readonly Row[];
  must: readonly Row[];
  defaults: Row;
  /** Columns that rows of an older form did not have. */
  later: ReadonlySet<string>;
  isNewForm: boolean;
}

function compareRows(findings: Findings, { is, must, defaults, later, isNewForm }: Compared, where: string): void {
  if (is.length < must.length) findings.add('derived deleted', where);
  if (is.length > must.length) findings.add('derived planted', where);
  if (is.length !== must.length) return;
  const others = inOrder(must);
  for (const [index, one] of inOrder(is).entries()) {
    const other = others[index] ?? {};
    const dueIn = (name: string) => (other[name] === undefined ? defaults[name] : other[name]);
    const changed = Object.keys(one).filter(
      (name) =>
        name !== PLACE &&
        differs(name, one[name], dueIn(name), isNewForm) &&
        (isNewForm || !(name === 'form' || (later.has(name) && one[name] === defaults[name]))),
    );
    if (changed.length > 0) findings.add('derived changed', `${where}: ${changed.join(', ')}`);
  }
}

/**
 * Compares rows in any order. Only the tables of children and of the words in their names have several rows for one
 * consultation.
 */
function inOrder(rows: readonly Row[]): readonly Row[] {
  const keyOf = (row: Row) => `${row.child_key} ${row.word ?? ''}`;
  return rows.length < 2 ? rows : [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Facts are compared figure by figure: rows of an older form lack figures that were added later. */
function differs(name: string, is: unknown, must: unknown, isNewForm: boolean): boolean {
  if (name === 'form' && is === RENEWED_FORM) return false;
  if (is === must || name !== 'facts') return is !== must;
  try {
    const [one, other] = [JSON.parse(String(is)), JSON.parse(String(must))] as Record<string, string>[];
    if (isNewForm && Object.keys(other ?? {}).some((figure) => one?.[figure] === undefined)) return true;
    return Object.entries(one ?? {}).some(
      ([figure, value]) => other?.[figure] !== value && (isNewForm || other?.[figure] !== undefined),
    );
  } catch {
    return true;
  }
}

/** The value of a column if nothing else is given: its default, or null. */
function defaultsOf(real: Sqlite.Database, table: string): Row {
  const columns = real
    .prepare('select name, "notnull" as must, dflt_value as text from pragma_table_info(?)')
    .all(table);
  const optional = (columns as { name: string; must: number; text: string | null }[]).filter(
    ({ must, text }) => must === 0 || text !== null,
  );
  return Object.fromEntries(
    optional.map(({ name, text }) => [name, text === null ? null : real.prepare(`select ${text}`).pluck().get()]),
  );
}
