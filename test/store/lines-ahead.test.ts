import { generateKeyPairSync } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { createMacs } from '../../server/audit/mac.ts';
import { createTree, hashLeaf } from '../../server/audit/merkle-tree.ts';
import { createLinesAhead } from '../../server/store/lines-ahead.ts';
import { growTree } from '../../server/store/log-tree.ts';
import type { Tables } from '../../server/store/tables.ts';

const { line: mac } = createMacs(generateKeyPairSync('ed25519').privateKey);

function openChain() {
  const connection = new Sqlite(':memory:');
  connection.exec(`create table chain (position integer primary key, hash text, mac text);
    create table tree_nodes (level integer, "index" integer, hash text, primary key (level, "index"))`);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  onTestFinished(() => db.destroy());
  const add = connection.prepare('insert into chain values (?, ?, ?)');
  const put = (position: number, hash: string) => add.run(position, hash, mac.make(hash));
  return {
    db,
    connection,
    addFrom(first: number, last: number, of = 'hash') {
      for (let position = first; position <= last; position++) put(position, `${of} of ${position}`);
    },
    ahead: createLinesAhead({ read: (work) => work(db) }, mac),
  };
}

const rootOver = (hashes: readonly string[]) => {
  const tree = createTree({ size: 0, peaks: [] });
  for (const hash of hashes) tree.add(hashLeaf(hash));
  return tree.root()?.toString('base64');
};
const upTo = (size: number) => Array.from({ length: size }, (_, index) => `hash of ${index + 1}`);

it('leaves to the signing what is less than a piece, and the root is that of all lines, wherever heads were signed before', async () => {
  const { db, addFrom, ahead } = openChain();
  let signed = 0;
  for (const size of [30, 290, 1200, 1201, 4200, 4290]) {
    addFrom(signed + 1, size);
    await ahead.read({ position: signed, macFrom: 0 });
    const { position, nodes } = await ahead.takeIn(db);
    expect(size - position, `${size} lines`).toBeLessThan(64);
    expect(await growTree(db, size, nodes)).toBe(rootOver(upTo(size)));
    signed = size;
  }
});

it('stops before a line that is not ours, and checks none from before lines had a MAC', async () => {
  const { db, connection, addFrom, ahead } = openChain();
  addFrom(1, 1100);
  connection.exec('update chain set mac = null where position <= 300 or position = 900');
  await ahead.read({ position: 0, macFrom: 300 });
  const { position } = await ahead.takeIn(db);
  expect(position).toBeGreaterThan(300);
  expect(position).toBeLessThan(900);
});

it('forgets what it read where the database has other lines now', async () => {
  const { db, connection, addFrom, ahead } = openChain();
  addFrom(1, 1000);
  await ahead.read({ position: 0, macFrom: 0 });
  connection.exec('delete from chain where position > 500');
  addFrom(501, 1000, 'another hash');
  const taken = await ahead.takeIn(db);
  expect(taken.position).toBe(0);
  const others = Array.from({ length: 500 }, (_, index) => `another hash of ${index + 501}`);
  expect(await growTree(db, 1000, taken.nodes)).toBe(rootOver([...upTo(500), ...others]));
});
