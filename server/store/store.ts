/** The database: one door, a noun for each thing that it keeps. SQL stands in this folder and nowhere else. */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { createLooks, type Looks } from './access-log.ts';
import { type Chain, createChain } from './chain.ts';
import { type HeadFiles, type Heads, openHeads } from './checkpoints.ts';
import { type Codes, createCodes } from './codes.ts';
import { type Consultations, createConsultations } from './consultations.ts';
import type { Engine } from './engine.ts';
import { createErasing, type Erasing } from './erasing.ts';
import { cannotOpen, StoreUnavailable } from './failure.ts';
import { createFigures, type Figures, keepFigures } from './figures.ts';
import { createLog, keepAll, type Log } from './log.ts';
import { createMails, keepMails, type Mails } from './mails.ts';
import { migrate } from './migrations.ts';
import { createPeople, type People } from './people.ts';
import { createDeskLines, type DeskLines, keepDeskLine } from './queue-rows.ts';
import { createLooking, type Looking } from './read-and-log.ts';
import { createRetentionLines, keepRetention, type RetentionLines } from './retention.ts';
import { createReview, type Review } from './review.ts';
import { createSessions, type SessionLimits, type Sessions } from './sessions.ts';
import { openSqlite, type SqliteOptions } from './sqlite.ts';
import { createTallies, type Tallies } from './tallies.ts';
import { createVersions, type Versions } from './versions.ts';

/** The two files of the audit stand beside the database unless told otherwise. */
export interface StoreOptions extends SqliteOptions, Partial<HeadFiles> {
  file: string;
  clock: () => Date;
  /** How long a browser keeps what it holds; 12 hours unless told, a working day. */
  sessionLimits?: SessionLimits;
  random?: (bytes: number) => Buffer;
  /** Whether the desk of an area is told by mail; nobody is, unless told. */
  hasMail?: (area: string) => boolean;
}

/** `writes` false: what is kept can be read, and nothing new can be saved. */
export interface Health {
  reads: boolean;
  writes: boolean;
  /** What is wrong, for whoever runs the server. */
  problem?: string;
}

export interface Store {
  log: Log;
  consultations: Consultations;
  versions: Versions;
  sessions: Sessions;
  codes: Codes;
  tallies: Tallies;
  review: Review;
  people: People;
  desk: DeskLines;
  chain: Pick<Chain, 'head'>;
  heads: Heads;
  looks: Looks;
  look: Looking;
  figures: Figures;
  mails: Mails;
  retention: RetentionLines;
  erasing: Erasing;
  /** Reads, and writes something. */
  health(): Promise<Health>;
  /** A whole, checked copy in a new file, while the store is in use. */
  backup(toFile: string): Promise<void>;
  close(): Promise<void>;
}

const WORKING_DAY: SessionLimits = { idleHours: 12, mostHours: 12 };

export function headFiles(file: string, { keyFile, headsFile }: Partial<HeadFiles> = {}): HeadFiles {
  const folder = dirname(file);
  return {
    keyFile: keyFile ?? join(folder, 'audit-key.pem'),
    headsFile: headsFile ?? join(folder, 'audit-heads.jsonl'),
  };
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'front-door.sqlite');
}

/** Throws `StoreProblem` when the database cannot be trusted with what it is given. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = openSqlite(options.file, options);
  try {
    await migrate(engine, options.file, () => options.clock().toISOString());
    engine.checkDurable();
    const store = createStore(engine, options);
    await store.heads.write();
    return store;
  } catch (error) {
    await engine.close();
    throw error instanceof StoreUnavailable ? cannotOpen(error) : error;
  }
}

/** Over a database that is open and migrated. */
export function createStore(
  engine: Engine,
  { file, clock, sessionLimits = WORKING_DAY, random = randomBytes, hasMail = () => false, ...files }: StoreOptions,
): Store {
  const now = () => clock().toISOString();
  const chain = createChain(engine, random);
  const heads = openHeads(headFiles(file, files), clock, chain.head);
  const makeId = () => random(16).toString('base64url');
  const keep = keepAll(keepDeskLine, keepRetention, keepFigures, keepMails(hasMail, now, makeId));
  const looks = createLooks(engine, chain, now);
  const sessions = createSessions(engine, clock, sessionLimits);
  return {
    log: createLog(engine, chain, now, keep),
    consultations: createConsultations(engine, chain, sessions, now, makeId, keep),
    versions: createVersions(engine, now),
    sessions,
    codes: createCodes(engine, sessions, clock, random(32)),
    tallies: createTallies(engine, clock),
    review: createReview(engine),
    people: createPeople(engine, chain, clock, random),
    desk: createDeskLines(engine),
    chain,
    heads,
    looks,
    look: createLooking(engine, looks),
    figures: createFigures(engine),
    mails: createMails(engine, clock, makeId),
    retention: createRetentionLines(engine),
    erasing: createErasing(engine, looks, now),
    health: () => checkHealth(engine, now),
    backup: engine.backup,
    async close() {
      // The next start writes it if this does not.
      await heads.write().catch(() => {});
      await engine.close();
    },
  };
}

async function checkHealth({ read, write }: Engine, now: () => string): Promise<Health> {
  try {
    await read((db) => db.selectFrom('migrations').select('number').execute());
  } catch (error) {
    return { reads: false, writes: false, problem: describeFailure(error) };
  }
  try {
    await write(async (db) => {
      const at = now();
      await db
        .insertInto('pulse')
        .values({ id: 1, at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
        .execute();
    });
    return { reads: true, writes: true };
  } catch (error) {
    return { reads: true, writes: false, problem: describeFailure(error) };
  }
}

function describeFailure(error: unknown): string {
  if (error instanceof StoreUnavailable) return error.message;
  throw error;
}
