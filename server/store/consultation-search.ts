/** Searches the desk's consultations. Words are found by SQLite's FTS5, which has the area among its columns: that keeps it fast. */
import { sql } from 'kysely';
import { foldedWords } from '../base/text.ts';
import type { QueueRow } from '../desk/queue-row.ts';
import type { Engine } from './engine.ts';
import { type Row, toQueueRow } from './queue-row-mapping.ts';
import type { Database } from './tables.ts';

/** Everything given must hold. `from` and `before`: instants between which the desk was asked, the first included. */
export interface Criteria {
  reference?: string;
  professional?: string;
  agency?: string;
  words?: string;
  from?: string;
  before?: string;
  outcome?: string;
  /** Part of the child's name, in any spelling that is folded to the same. */
  child?: string;
  /** Part of the name of whoever has it. */
  worker?: string;
  /** What the guidance had advised when the outcome came. */
  level?: number;
  state?: 'open' | 'closed';
  /** Only those with a note of what worked. */
  worked?: true;
}

export interface Search {
  /** The newest first; one more than `most` says that there are more. */
  search(area: string, criteria: Criteria, most: number): Promise<QueueRow[]>;
  /** All of them, the oldest first, some at a time. */
  list(area: string, criteria: Pick<Criteria, 'from' | 'before' | 'outcome'>): AsyncGenerator<QueueRow[], void>;
}

export function createSearch({ read }: Pick<Engine, 'read'>): Search {
  return {
    async search(area, criteria, most) {
      const rows = await read((db) =>
        matching(db, area, criteria)
          .limit(most + 1)
          .execute(),
      );
      return rows.map(toQueueRow);
    },
    async *list(area, criteria) {
      for (let after = 0; ; ) {
        const rows = await read((db) => nextOf(db, area, criteria, after).execute());
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows.map(toQueueRow);
        after = last.number;
      }
    },
  };
}

const AT_A_TIME = 25;

/** By number: what is written meanwhile neither repeats a line nor leaves one out. */
function nextOf(db: Database, area: string, { from, before, outcome }: Criteria, after: number) {
  let query = db.selectFrom('desk_lines').selectAll().where('area', '=', area).where('number', '>', after);
  if (from !== undefined) query = query.where('asked_at', '>=', from);
  if (before !== undefined) query = query.where('asked_at', '<', before);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  return query.orderBy('number').limit(AT_A_TIME).$castTo<Row>();
}

function matching(db: Database, area: string, criteria: Criteria) {
  const { reference, from, before, outcome, child, worker, level, state, worked } = criteria;
  const match = matchOf(area, criteria);
  // With words, they are looked up once and first: else SQLite looks them up again for each line of the dates.
  const source = match === undefined ? plain(db) : wordsFirst(db, match);
  let query = source.selectAll('desk_lines').where('desk_lines.area', '=', area);
  if (reference !== undefined) query = query.where('reference', '=', reference);
  if (from !== undefined) query = query.where('asked_at', '>=', from);
  if (before !== undefined) query = query.where('asked_at', '<', before);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  const named = foldedWords(child ?? '');
  if (named.length > 0) query = query.where('desk_lines.consultation', 'in', naming(db, area, named));
  if (worker !== undefined) query = query.where('worker_name', 'like', `%${worker.replace(/[%_]/g, ' ')}%`);
  if (level !== undefined) query = query.where('level', '=', level);
  if (state !== undefined) query = query.where('state', state === 'closed' ? '=' : '!=', 'closed');
  if (worked) query = query.where('worked', '=', sql.lit(1));
  const newestFirst =
    match === undefined ? query.orderBy('asked_at', 'desc') : query.orderBy(sql`desk_words.rowid`, 'desc');
  return newestFirst.$castTo<Row>();
}

/** Consultations that name a child with all of these words in one name. */
function naming(db: Database, area: string, words: readonly string[]) {
  let query = db.selectFrom('desk_children').select('consultation').where('desk_children.area', '=', area);
  for (const word of words) query = query.where('desk_children.child_key', 'like', `%${word}%`);
  return query;
}

/** A cross join is not turned about. */
function wordsFirst(db: Database, match: string) {
  return db
    .selectFrom('desk_words')
    .crossJoin('desk_lines')
    .whereRef('desk_words.rowid', '=', 'desk_lines.number')
    .where(sql<boolean>`desk_words match ${match}`) as unknown as ReturnType<typeof plain>;
}

function plain(db: Database) {
  return db.selectFrom('desk_lines');
}

/** Every word has to stand there, or a longer one that begins with it. Undefined when no words were given. */
function matchOf(area: string, { professional, agency, words }: Criteria): string | undefined {
  const parts = [phrase('professional', professional), phrase('agency', agency), phrase('words', words)].flat();
  return parts.length === 0 ? undefined : [`area : "${area}"`, ...parts].join(' AND ');
}

/** Lines from before letters were folded have O’Brien as two words: both ways are looked for. */
function phrase(column: string, text = ''): string[] {
  const words = text.split(/[^\p{L}\p{N}\p{M}'’‘ʼ`]+/u).filter((word) => foldedWords(word).length > 0);
  return words.slice(0, 12).map((word) => {
    const ways = new Set([
      foldedWords(word).join(' '),
      word
        .split(/[^\p{L}\p{N}\p{M}]+/u)
        .join(' ')
        .trim(),
    ]);
    return `${column} : (${[...ways].map((way) => `"${way}"*`).join(' OR ')})`;
  });
}
