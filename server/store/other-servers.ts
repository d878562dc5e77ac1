/**
 * The servers that are using this database now. Each repeatedly records that it is running, and with which keys,
 * program and guidance. A server with other keys then refuses to start beside it, and a server that was forgotten
 * during an upgrade is reported.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Engine, TableDefinitions } from './engine.ts';
import { StoreProblem } from './failure.ts';
import type { Database } from './tables.ts';

export interface ServerTables {
  /** `since`, `seen_at`: instants. The others are hashes. */
  servers: {
    id: string;
    since: string;
    seen_at: string;
    program: string;
    guidance: string;
    people_key: string;
    audit_key: string;
  };
}

/** Hashes of what a server runs, to tell whether two servers run the same. */
export interface RunningHashes {
  /** Of the built program or, when run from sources, of the files that read and walk flows. */
  program: string;
  /** Of all content files. */
  guidance: string;
}

/** Another server that has run something else for longer than a rolling restart takes. */
export interface DifferingServer {
  id: string;
  since: string;
  what: keyof RunningHashes;
}

export interface OtherServers {
  /**
   * Throws `StoreProblem` if another server is running with a different people key. `peopleKeyFile`: where this one was
   * read, for the message.
   */
  join(running: RunningHashes & { peopleKey: Uint8Array; peopleKeyFile: string }): Promise<void>;
  /** Records that this server is still running. Returns other servers that run something different. */
  stay(): Promise<DifferingServer[]>;
  leave(): Promise<void>;
}

/** How often a server records that it is running, and how long after its last record it still counts as running. */
export const SEEN_EVERY_MS = 20_000;
const GONE_AFTER_MS = 60_000;
const RESTARTED_WITHIN_MS = 10 * 60_000;

interface ServerParts {
  clock: () => Date;
  id: string;
  auditKey: KeyObject;
}

export function createOtherServers({ read, write }: Engine, { clock, id, auditKey }: ServerParts): OtherServers {
  let own: ServerTables['servers'] | undefined;
  return {
    async join({ peopleKey, peopleKeyFile, ...running }) {
      const key = hashOf(peopleKey);
      const at = clock().toISOString();
      const joining = { id, since: at, seen_at: at, ...running, people_key: key, audit_key: hashOfAuditKey(auditKey) };
      await write(async (db) => {
        await refuseOthers(db, { column: 'people_key', hash: key, file: peopleKeyFile, now: clock() });
        await putIn(db, joining);
        await db.deleteFrom('servers').where('seen_at', '<', before(clock(), RESTARTED_WITHIN_MS)).execute();
      });
      own = joining;
    },
    async stay() {
      if (own === undefined) return [];
      const now = clock();
      const mine = { ...own, seen_at: now.toISOString() };
      await write((db) => putIn(db, mine));
      return differencesTo(mine, await read((db) => othersThere(db, now).where('id', '!=', id).execute()), now);
    },
    async leave() {
      if (own === undefined) return;
      own = undefined;
      await write(async (db) => void (await db.deleteFrom('servers').where('id', '=', id).execute()));
    },
  };
}

/** Run before anything is signed. Throws `StoreProblem` if another server is running with a different audit key. */
export async function refuseOtherAuditKey(
  { read }: Engine,
  { key, keyFile, now }: { key: KeyObject; keyFile: string; now: Date },
): Promise<void> {
  await read((db) => refuseOthers(db, { column: 'audit_key', hash: hashOfAuditKey(key), file: keyFile, now }));
}

/** The servers that are running now, for the doctor. */
export function findServers({ read }: Pick<Engine, 'read'>, now: Date): Promise<ServerTables['servers'][]> {
  return read((db) => othersThere(db, now).execute());
}

const KEYS = { people_key: 'people.key', audit_key: 'key of the audit' } as const;

async function refuseOthers(
  db: Database,
  { column, hash, file, now }: { column: keyof typeof KEYS; hash: string; file: string; now: Date },
): Promise<void> {
  const other = await othersThere(db, now).where(column, '!=', hash).limit(1).executeTakeFirst();
  if (other === undefined) return;
  const seconds = Math.round((now.getTime() - Date.parse(other.seen_at)) / 1000);
  throw new StoreProblem(
    `Another server has this database in service with another ${KEYS[column]} than ${file}: it was there ${seconds} seconds ago. Neither could read what the other seals, nor vouch for what it writes`,
    'the same people.key, key of the audit and file of heads for all servers of a database',
    'let all machines use one folder for them, and put away a key that was made here: see "Several machines" in docs/operate.md. If that server has been stopped for good, start again in a minute',
  );
}

const before = (now: Date, ms: number) => new Date(now.getTime() - ms).toISOString();

function othersThere(db: Database, now: Date) {
  return db.selectFrom('servers').selectAll().where('seen_at', '>=', before(now, GONE_AFTER_MS)).orderBy('since');
}

async function putIn(db: Database, row: ServerTables['servers']): Promise<void> {
  await db
    .insertInto('servers')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: row.seen_at }))
    .execute();
}

function differencesTo(own: ServerTables['servers'], others: ServerTables['servers'][], now: Date): DifferingServer[] {
  const settled = before(now, RESTARTED_WITHIN_MS);
  if (own.since > settled) return [];
  return others
    .filter(({ since }) => since <= settled)
    .flatMap((other) =>
      (['program', 'guidance'] as const)
        .filter((what) => other[what] !== own[what])
        .map((what) => ({ id: other.id, since: other.since, what })),
    );
}

/** Of the public half: `key` is either. */
export function hashOfAuditKey(key: KeyObject): string {
  const half = key.type === 'public' ? key : createPublicKey(key);
  return hashOf(half.export({ type: 'spki', format: 'der' }));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

export async function makeServers(db: Database, { strict }: TableDefinitions): Promise<void> {
  let table = db.schema.createTable('servers').addColumn('id', 'text', (column) => column.primaryKey().notNull());
  for (const name of ['since', 'seen_at', 'program', 'guidance', 'people_key', 'audit_key'])
    table = table.addColumn(name, 'text', (column) => column.notNull());
  await strict(table).execute();
}
