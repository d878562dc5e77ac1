/** The hash chain over everything that is appended: each line is linked in the transaction that writes it. `audit/line.ts` says what is hashed. */
import { sql } from 'kysely';
import {
  BEGINNING,
  type ChainLine,
  type Checkpoint,
  type Fact,
  isAsWritten,
  nextLine,
  type Source,
} from '../audit/line.ts';
import type { Mac } from '../audit/mac.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Database } from './tables.ts';

export interface ChainEntry {
  source: Source;
  seq: number;
  facts: readonly Fact[];
  body: string;
}

export interface Chain {
  /** In the transaction that wrote the line. */
  addIn(db: Database, written: ChainEntry): Promise<void>;
  head(): Promise<Checkpoint>;
  /** Whether the row is as it was written by a program that has the audit key. */
  isOurs(db: Database, written: ChainEntry): Promise<boolean>;
}

interface ChainParts {
  random: (bytes: number) => Buffer;
  /** Undefined in upgrade steps from before lines had a MAC. */
  mac?: Mac;
  /** Lines up to this position have no MAC. */
  macFrom?: () => number;
}

const SALT_BYTES = 16;
/** Salts are drawn in batches of this size: drawing each by itself would double the time of a line. */
const SALTS_AT_ONCE = 256;

type Link = Omit<ChainLine, 'salt' | 'mac'> & { salt: string; mac: string };

export function createChain(
  { reading, read }: Pick<Engine, 'reading' | 'read'>,
  { random, mac, macFrom = () => 0 }: ChainParts,
) {
  const last = prepare<object, Checkpoint>(reading, (db) =>
    db.selectFrom('chain').select(['position', 'hash']).orderBy('position', 'desc').limit(1),
  );
  const insert = prepare<Link, { position: number }>(reading, (db, value) => insertAfter(db, value, mac !== undefined));
  const lastIn = async (db: Database) => (await last(db, {}))[0] ?? BEGINNING;
  // The last line that this process wrote. If it was rolled back, or another program has written since, the insert
  // below inserts nothing.
  let known = BEGINNING;

  let salts = random(0);

  function takeSalt(): string {
    if (salts.length === 0) salts = random(SALT_BYTES * SALTS_AT_ONCE);
    const salt = salts.subarray(0, SALT_BYTES).toString('base64url');
    salts = salts.subarray(SALT_BYTES);
    return salt;
  }
  async function tryAdd(db: Database, written: ChainEntry): Promise<boolean> {
    const link = nextLine(known, written, takeSalt());
    if ((await insert(db, { ...link, mac: mac?.make(link.hash) ?? '' } as Link)).length === 0) return false;
    known = link;
    return true;
  }

  const chain: Chain = {
    async addIn(db, written) {
      if (await tryAdd(db, written)) return;
      known = await lastIn(db);
      if (!(await tryAdd(db, written))) throw new Error(`the chain has no end at ${known.position}`);
    },
    head: () => read(lastIn),
    async isOurs(db, written) {
      const { source, seq } = written;
      const found = db.selectFrom('chain').selectAll().where('source', '=', source).where('seq', '=', seq);
      const line = await found.executeTakeFirst();
      if (line === undefined || !isAsWritten(line, written)) return false;
      return line.position <= macFrom() || mac?.fits(line.mac, line.hash) === true;
    },
  };
  return chain;
}

/** Inserts only if the chain still ends with the line that the new one follows. */
function insertAfter(db: Database, value: <Name extends keyof Link>(name: Name) => Link[Name], hasMac: boolean) {
  const names = ['position', 'source', 'seq', 'salt', 'content', 'previous', 'hash'] as const;
  const columns = hasMac ? ([...names, 'mac'] as const) : names;
  return db
    .insertInto('chain')
    .columns([...columns])
    .expression(
      db
        .selectNoFrom((expression) => columns.map((name) => expression.val(value(name)).as(name)))
        .where(
          sql<boolean>`coalesce((select hash from chain order by position desc limit 1), '') = ${value('previous')}`,
        ),
    )
    .returning('position');
}
