import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { createTree, hashLeaf, isIncluded } from '../../server/audit/merkle-tree.ts';
import { growTree, proveLine } from '../../server/store/log-tree.ts';
import type { Tables } from '../../server/store/tables.ts';

function openChain() {
  const connection = new Sqlite(':memory:');
  connection.exec(`create table chain (position integer primary key, hash text);
    create table tree_nodes (level integer, "index" integer, hash text, primary key (level, "index"))`);
  let queries = 0;
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: connection }),
    log: () => {
      queries++;
    },
  });
  onTestFinished(() => db.destroy());
  const add = connection.prepare('insert into chain values (?, ?)');
  const tree = createTree({ size: 0, peaks: [] });
  let size = 0;
  return {
    db,
    connection,
    addUntil(wanted: number) {
      while (size < wanted) {
        add.run(++size, `hash of ${size}`);
        tree.add(hashLeaf(`hash of ${size}`));
      }
    },
    root: () => tree.root()?.toString('base64'),
    async count(work: () => Promise<unknown>) {
      const before = queries;
      await work();
      return queries - before;
    },
  };
}

const SIZES = [1, 2, 63, 64, 65, 100, 127, 4095, 4096, 4097, 4200];

it('has the right root at every size, and proves any line, from the stored nodes', async () => {
  const { db, addUntil, root } = openChain();
  for (const size of SIZES) {
    addUntil(size);
    const grown = await growTree(db, size);
    expect(grown, `${size} lines`).toBe(root());
    for (const position of [1, 2, 64, 65, 3000, size - 1, size].filter((one) => one >= 1 && one <= size)) {
      const path = (await proveLine(db, position, size)).map((text) => Buffer.from(text, 'base64'));
      const leaf = hashLeaf(`hash of ${position}`);
      expect(isIncluded({ leaf, index: position - 1, size, path, root: Buffer.from(grown, 'base64') })).toBe(true);
    }
  }
});

it('recomputes a missing node', async () => {
  const { db, connection, addUntil, root } = openChain();
  addUntil(4097);
  await growTree(db, 4097);
  connection.exec('delete from tree_nodes where level = 12 or "index" in (0, 5)');
  expect(await growTree(db, 4097)).toBe(root());
});

it('needs no more queries for a longer log, except for added levels', async () => {
  const { db, addUntil, count } = openChain();
  const costs: number[] = [];
  for (const size of [100, 4000, 70_000]) {
    addUntil(size);
    await growTree(db, size);
    addUntil(size + 1);
    const grow = await count(() => growTree(db, size + 1));
    costs.push(grow + (await count(() => proveLine(db, 1, size + 1))));
  }
  expect(Math.max(...costs)).toBeLessThan(60);
});
