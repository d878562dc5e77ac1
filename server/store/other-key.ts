/**
 * Whether the key of the audit that was given is the one of this database and of its heads. With another key each head,
 * line and row would be a finding of its own, and none of them would say what is wrong.
 */
import type { KeyObject } from 'node:crypto';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import type { Macs } from '../audit/mac.ts';
import { isSigned, readCheckpoint, type SignedCheckpoint } from '../audit/signed-checkpoint.ts';
import { StoreProblem } from './failure.ts';
import type { Database } from './tables.ts';

export interface GivenKey {
  /** The public key; undefined if it cannot be read, which is reported elsewhere. */
  key: KeyObject | undefined;
  /** Undefined without the private key: then the marks of lines say nothing. */
  macs: Macs | undefined;
  /** The newest in the file, in their order. */
  heads: readonly SignedCheckpoint[];
  files: { keyFile: string; headsFile: string };
}

/** What is wrong, in the three parts of a message. */
export interface Differing {
  found: string;
  expected: string;
  todo: string;
}

/** So many of the newest heads and lines are looked at: one that the key has made is enough. */
const NEWEST = 100;

const WHERE = 'DATA_DIR, DATABASE_URL, AUDIT_KEY_FILE and AUDIT_HEADS';

/** Undefined if the key has made something of what is there, or if nothing is there yet. */
export async function findOtherKey(db: Database, given: GivenKey): Promise<Differing | undefined> {
  const { key, heads } = given;
  if (key === undefined) return undefined;
  const kept = await findNewestHead(db);
  if (kept !== undefined && isSigned(kept, key)) return undefined;
  const ownHeads = heads.filter((head) => isSigned(head, key));
  const lines = await readLines(db, ownHeads);
  const marked = lines.filter(({ mac }) => mac !== null);
  const isOurs =
    marked.some(({ mac, hash }) => given.macs?.line.fits(mac, hash)) ||
    ownHeads.some((head) => lines.some(({ position, hash }) => position === head.position && hash === head.hash));
  if (isOurs) return undefined;
  const newest = heads.at(-1) ?? kept;
  // Lines alone say too little: who begins with a copy from the first seconds of a database has a new key.
  if (newest === undefined) return undefined;
  if (ownHeads.length === 0) return otherKey(given.files, heads.length > 0, newest);
  const hasOtherMarks = given.macs !== undefined && marked.length > 0;
  return kept !== undefined || hasOtherMarks ? otherDatabase(given.files) : undefined;
}

/** The newest head that the database knows. */
export async function findNewestHead(db: Database): Promise<SignedCheckpoint | undefined> {
  const row = await db.selectFrom('newest_head').select('head').executeTakeFirst();
  return row === undefined ? undefined : readCheckpoint(row.head);
}

/** The newest lines, and those for which there are heads. */
async function readLines(db: Database, heads: readonly SignedCheckpoint[]) {
  const lines = db.selectFrom('chain').select(['position', 'hash', 'mac']);
  const positions = heads.map(({ position }) => position);
  return [
    ...(await lines.orderBy('position', 'desc').limit(NEWEST).execute()),
    ...(positions.length === 0 ? [] : await lines.where('position', 'in', positions).execute()),
  ];
}

function otherKey({ keyFile, headsFile }: GivenKey['files'], hasHeads: boolean, newest: SignedCheckpoint): Differing {
  const made = hasHeads ? `the heads in ${headsFile} were signed` : 'this database was written';
  return {
    found: `The key of the audit that was read, ${keyFile}, is not the one with which ${made}. Nothing else was checked`,
    expected: `the key that signed the head of ${newest.at}`,
    todo:
      'put that key back from where you keep it, or name its file in AUDIT_KEY_FILE; npm run verify also takes --key. ' +
      `If it is the right key, the heads and the database are of another installation: look at ${WHERE}`,
  };
}

function otherDatabase({ keyFile, headsFile }: GivenKey['files']): Differing {
  return {
    found: `The key of the audit ${keyFile} and the heads in ${headsFile} belong together, and this database was written with another key. Nothing else was checked`,
    expected: 'the database, the heads and the key of one installation',
    todo:
      `look at ${WHERE}, and put back what is of another installation. If all are right, another database was put in ` +
      'the place of yours: keep it as evidence, and restore the newest backup',
  };
}

/** Of a check that is to be made. `place`: in a message, for heads that were read from no file. */
export async function refuseOtherKey(db: Database, heads: CheckpointsRead): Promise<void> {
  const { key, macs, lines = [], files = { keyFile: 'that was given', headsFile: 'the file of heads' } } = heads;
  const newest = lines.slice(-NEWEST).flatMap((line) => readCheckpoint(line) ?? []);
  const differing = await findOtherKey(db, { key, macs, heads: newest, files });
  if (differing !== undefined) throw new StoreProblem(differing.found, differing.expected, differing.todo);
}
