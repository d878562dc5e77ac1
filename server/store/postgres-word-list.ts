/**
 * A list of all words in `desk_words`, which tells a search how a word that somebody typed goes on ("phone" finds
 * "phoned"). PostgreSQL's index looks up whole words fast; asked for a beginning, it first collects every row that has
 * any word with it. SQLite's full text has such a list of its own.
 *
 * Triggers keep the list, whoever writes to `desk_words`: a word goes with the last row that has it, so that nothing of
 * an erased consultation stays. Only one transaction writes at a time (`postgres-writer.ts`), so no row with that word
 * can come in between.
 */
import { sql } from 'kysely';
import type pg from 'pg';
import type { Findings } from '../audit/findings.ts';
import type { Database } from './tables.ts';

const asRows = (vector: string) => `select unnest(tsvector_to_array(${vector})) collate "C" as word`;
const wordsOf = (rows: string) => `${asRows('marked')} from ${rows}`;
const add = (words: string) =>
  `insert into desk_word_list select distinct word from (${words}) as words order by word on conflict do nothing`;

/** Most words are common, and some row among so many of the newest has them. */
const NEWEST_ROWS = 500;

const removeUnused = (words: string) => `declare gone text;
  begin
    if exists (${words}) then
      for gone in ${words}
        except ${wordsOf(`(select marked from desk_words order by rowid desc limit ${NEWEST_ROWS}) as newest`)} loop
        perform from desk_words where marked @@ quote_literal(gone)::tsquery limit 1;
        if not found then delete from desk_word_list where word = gone; end if;
      end loop;
    end if;`;
/** Each rarer word is looked up in the index, and planned once: planning it by how rare it is takes longer than that. */
const BY_INDEX = 'set enable_seqscan = off set plan_cache_mode = force_generic_plan';

/**
 * Rows are put in and erased many at a time. A row is changed only by itself; most entries of a consultation add no
 * words, and then nothing runs.
 */
const TRIGGERS = {
  insert: { when: 'referencing new table as come for each statement', body: `begin ${add(wordsOf('come'))};` },
  update: {
    when: 'for each row when (old.marked is distinct from new.marked)',
    body: `${removeUnused(`${asRows('old.marked')} except ${asRows('new.marked')}`)} ${add(asRows('new.marked'))};`,
  },
  delete: {
    when: 'referencing old table as left_behind for each statement',
    body: removeUnused(wordsOf('left_behind')),
  },
};

/** Makes the list, with the words that are there. */
export async function makeWordList(db: Database): Promise<void> {
  await sql.raw('create table desk_word_list (word text collate "C" primary key)').execute(db);
  await sql.raw(add(wordsOf('desk_words'))).execute(db);
  for (const [event, { when, body }] of Object.entries(TRIGGERS)) {
    const name = `desk_word_list_${event}`;
    await sql
      .raw(`create function ${name}() returns trigger language plpgsql ${BY_INDEX} as $$ ${body} return null; end $$`)
      .execute(db);
    await sql.raw(`create trigger ${name} after ${event} on desk_words ${when} execute function ${name}()`).execute(db);
  }
}

/** In one transaction that only writes this. */
export const LIST_WORDS_ANEW = `delete from desk_word_list; ${add(wordsOf('desk_words'))}`;

/** Words that are missing cannot be found by their beginning; those that nothing has may be of something erased. */
const DIFFERING = `select
  (select count(*) from (${wordsOf('desk_words')} except select word from desk_word_list) as missing) as missing,
  (select count(*) from (select word from desk_word_list except ${wordsOf('desk_words')}) as planted) as planted`;

/** Reads all words. Where the list itself is missing, the check of tables says so. */
export async function checkWordList(client: pg.ClientBase, findings: Findings): Promise<void> {
  const { rowCount } = await client.query(`select where to_regclass('desk_word_list') is not null`);
  if (rowCount === 0) return;
  const { rows } = await client.query<{ missing: string; planted: string }>(DIFFERING);
  const { missing, planted } = { ...rows[0] };
  if (Number(missing) > 0) findings.add('word list changed', `${missing} words are missing`);
  if (Number(planted) > 0) findings.add('word list changed', `${planted} words are in no consultation`);
}
