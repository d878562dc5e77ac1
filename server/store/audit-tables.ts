/** The tables of the audit: the access log, and the chain over everything that is appended. */
import { randomBytes } from 'node:crypto';
import type { Generated } from 'kysely';
import { type ChainLine, FACTS, type Fact, SOURCES, type Source } from '../audit/line.ts';
import { createChain } from './chain.ts';
import type { TableDefinitions } from './engine.ts';
import type { Database } from './tables.ts';

export interface AuditTables {
  /** Append-only. An erasure replaces bodies. */
  looks: {
    seq: Generated<number>;
    at: string;
    person: string;
    name: string;
    role: string;
    area: string;
    what: string;
    consultation: string | null;
    body: string;
  };
  /**
   * Access-log lines that showed several consultations: one row for each of these. Derived from the bodies of the
   * lines.
   */
  sightings: { consultation: string; look: number };
  /** See `audit/line.ts`. Append-only, but an erasure can remove a line's salt. */
  chain: ChainLine;
  /**
   * Nodes of the Merkle tree over the chain, in base64: every sixth level, as far as checkpoints were signed. See
   * `log-tree.ts`.
   */
  tree_nodes: { level: number; index: number; hash: string };
  /** A single row: the newest signed checkpoint, the same as in the file. */
  newest_head: { id: number; head: string };
}

const must = <Column extends { notNull(): Column }>(column: Column) => column.notNull();

export async function makeAudit(db: Database, definitions: TableDefinitions): Promise<void> {
  const { counter, strict, refuseChanges, letThrough, linkInOrder } = definitions;
  let looks = db.schema.createTable('looks').addColumn('seq', 'integer', counter);
  for (const name of ['at', 'person', 'name', 'role', 'area', 'what', 'body'])
    looks = looks.addColumn(name, 'text', must);
  await strict(looks.addColumn('consultation', 'text')).execute();
  await db.schema.createIndex('looks_of').on('looks').column('consultation').execute();
  await refuseChanges(db, 'looks', 'seq');
  await strict(
    db.schema
      .createTable('sightings')
      .addColumn('consultation', 'text', must)
      .addColumn('look', 'integer', (column) => column.notNull().references('looks.seq'))
      .addPrimaryKeyConstraint('sightings_key', ['consultation', 'look']),
  ).execute();
  let chain = db.schema.createTable('chain').addColumn('position', 'integer', (column) => column.primaryKey());
  for (const name of ['source', 'content', 'previous', 'hash']) chain = chain.addColumn(name, 'text', must);
  chain = chain.addColumn('seq', 'integer', must).addColumn('salt', 'text');
  await strict(chain).execute();
  await db.schema.createIndex('chain_of').on('chain').columns(['source', 'seq']).unique().execute();
  await refuseChanges(db, 'chain', 'position');
  await letThrough(db, 'chain', ['position', 'source', 'seq', 'content', 'previous', 'hash'], 'new.salt is null');
  await linkInOrder(db, 'chain');
  await chainWhatIsThere(db);
}

export async function makeNewestHead(db: Database, { strict }: TableDefinitions): Promise<void> {
  const table = db.schema.createTable('newest_head').addColumn('id', 'integer', (column) => column.primaryKey());
  await strict(table.addColumn('head', 'text', must)).execute();
}

export async function makeTree(db: Database, { strict }: TableDefinitions): Promise<void> {
  const table = db.schema
    .createTable('tree_nodes')
    .addColumn('level', 'integer', must)
    .addColumn('index', 'integer', must)
    .addColumn('hash', 'text', must);
  await strict(table.addPrimaryKeyConstraint('tree_nodes_key', ['level', 'index'])).execute();
}

const AT_ONCE = 1000;

/** Begins the chain with the rows that were written before there was one, table by table. */
async function chainWhatIsThere(db: Database): Promise<void> {
  const chain = createChain({ reading: db, read: (query) => query(db) }, { random: randomBytes });
  for (const source of SOURCES) {
    let from = 0;
    for (;;) {
      const rows = await readRows(db, source, from);
      for (const row of rows)
        await chain.addIn(db, {
          source,
          seq: row.seq,
          facts: FACTS[source].map((name) => (row as unknown as Record<string, Fact>)[name] ?? null),
          body: row.body,
        });
      if (rows.length < AT_ONCE) break;
      from = rows.at(-1)?.seq ?? from;
    }
  }
}

function readRows(db: Database, source: Source, after: number) {
  return db.selectFrom(source).selectAll().where('seq', '>', after).orderBy('seq').limit(AT_ONCE).execute();
}
