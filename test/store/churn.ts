/**
 * A database in which rows come, grow, shrink and go in any order, as texts of consultations do: tables, an index, the
 * index of words, long texts on pages of their own. Each row has a word that stands in no other.
 */
import { createHash } from 'node:crypto';
import { openSync, readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { cleanSqlite } from '../../server/store/clean-sqlite.ts';

export interface Churn {
  database: Sqlite.Database;
  /** Does so many things more. */
  go(times: number): void;
  /** Erases all but a few. */
  eraseMost(): void;
  /** The words of rows that are gone, and of those that are there. */
  gone(): string[];
  there(): string[];
}

const TABLES = `create table notes (id integer primary key, text text, name text);
  create index notes_name on notes (name);
  create table names (name text, id integer, primary key (name, id)) without rowid;
  create virtual table words using fts5(text, name, tokenize = 'ascii', detail = none, prefix = '1 2 3 4 5 6 7 8')`;
const LENGTHS = [1, 3, 10, 40, 150, 600];
const PER_TRANSACTION = 10;

/** Nine letters that nothing else has. */
const wordOf = (id: number) =>
  [...createHash('sha256').update(`row ${id}`).digest()]
    .slice(0, 9)
    .map((byte) => String.fromCharCode(97 + (byte % 26)))
    .join('');

/** `random`: below the number that it is given. */
export function startChurn(file: string, random: (below: number) => number): Churn {
  const database = new Sqlite(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = OFF', 'secure_delete = ON']) database.pragma(pragma);
  database.exec(TABLES);
  const text = (id: number) =>
    [...Array(LENGTHS[random(LENGTHS.length)])]
      .map(() => (random(3) === 0 ? wordOf(id) : `common${random(99)}`))
      .join(' ');
  const run = (statement: string) => database.prepare(statement);
  const insert = run('insert into notes (id, text, name) values (?, ?, ?)');
  const update = run('update notes set text = ?, name = ? where id = ?');
  const remove = run('delete from notes where id = ?');
  const [putName, takeName] = [run('insert into names values (?, ?)'), run('delete from names where id = ?')];
  const putWords = run('insert into words (rowid, text, name) values (?, ?, ?)');
  const takeWords = run('delete from words where rowid = ?');
  const [there, gone]: [number[], number[]] = [[], []];
  let last = 0;
  const nameOf = (id: number) => `${wordOf(id)} common${random(9)}`;
  function put(id: number, write: (text: string, name: string) => void): void {
    const [words, name] = [text(id), nameOf(id)];
    write(words, name);
    putName.run(name, id);
    putWords.run(id, words, name);
  }
  function take(id: number): void {
    takeName.run(id);
    takeWords.run(id);
  }
  function erase(): void {
    const [id] = there.splice(random(there.length), 1) as [number];
    take(id);
    remove.run(id);
    gone.push(id);
  }
  function one(): void {
    const what = random(10);
    if (what < 4 || there.length < 9) {
      const id = ++last;
      there.push(id);
      put(id, (words, name) => insert.run(id, words, name));
    } else if (what < 7) {
      const id = there[random(there.length)] ?? 0;
      take(id);
      put(id, (words, name) => update.run(words, name, id));
    } else erase();
  }
  const together = database.transaction((work: () => void, times: number) => {
    for (let time = 0; time < times; time++) work();
  });
  const inParts = (work: () => void, times: number) => {
    for (let done = 0; done < times; done += PER_TRANSACTION) together(work, Math.min(PER_TRANSACTION, times - done));
  };
  return {
    database,
    go: (times) => inParts(one, times),
    eraseMost: () => inParts(erase, there.length - 9),
    gone: () => gone.map(wordOf),
    there: () => there.map(wordOf),
  };
}

/** The same numbers for the same seed. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

const LETTERS = 9;

/** Those of the words, of nine letters each, that stand anywhere in the file. */
export function wordsOnDisk(file: string, words: readonly string[]): string[] {
  const bytes = readFileSync(file).toString('latin1');
  const sought = new Set(words);
  const found = new Set<string>();
  for (let at = 0; at + LETTERS <= bytes.length; at++) {
    const word = bytes.slice(at, at + LETTERS);
    if (sought.has(word)) found.add(word);
  }
  return [...found];
}

/** As the store does it. The handle stays open, since other connections of this process have locks on the file. */
export async function cleanFile(file: string, tries = 200): Promise<boolean> {
  const connection = new Sqlite(file, { timeout: 100 });
  connection.pragma('secure_delete = ON');
  try {
    return await cleanSqlite({ file, connection, handle: openSync(file, 'r+'), tries });
  } finally {
    connection.close();
  }
}
