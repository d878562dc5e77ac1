/**
 * Real databases in temporary folders, deleted after the test: SQLite, or PostgreSQL if the test project has a server.
 * With PostgreSQL, a test still names its database by a file, which does not exist; its folder holds the keys.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import type { Answer } from '../../server/flow/walk/answer.ts';
import type { NewConsultation } from '../../server/store/consultations.ts';
import { openStore, type Store, type StoreOptions } from '../../server/store/store.ts';
import { createEmpty, emptyFolder, fromTemplate, isPostgres, query, withAllRights } from '../postgres/databases.ts';
import { FLOW, VERSION } from './kept-flow.ts';

export const START = new Date('2026-11-22T09:00:00.000Z');

/** A clock that a test can move. */
export function createClock(start = START) {
  let now = start.getTime();
  const clock = () => new Date(now);
  const pass = (minutes: number) => {
    now += minutes * 60_000;
  };
  return Object.assign(clock, { pass });
}

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function makeFile(): string {
  return join(makeFolder(), 'data', 'front-door.sqlite');
}

/** File → URL of the database that replaces it. */
const databases = new Map<string, Promise<string>>();

function addDatabase(file: string, url: Promise<string>): void {
  databases.set(file, url);
  onTestFinished(() => void databases.delete(file));
}

/** Undefined if the file itself is the database. An empty database is created when it is first asked for. */
export async function databaseOf(file: string): Promise<string | undefined> {
  if (!isPostgres) return undefined;
  if (!databases.has(file)) addDatabase(file, createEmpty());
  return databases.get(file);
}

/** Like `openStore`, in the kind of database that these tests use. */
export async function openAt(options: StoreOptions): Promise<Store> {
  return openStore({ ...options, databaseUrl: await databaseOf(options.file) });
}

/** Access to the database like an intruder's, with all rights or with those of Front Door. Returns the rows. */
export async function asStranger<Row = Record<string, unknown>>(
  file: string,
  statement: string,
  rights: 'all' | 'ours' = 'all',
): Promise<Row[]> {
  return (await runAsStranger(file, statement, rights)) as Row[];
}

async function runAsStranger(file: string, statement: string, rights: 'all' | 'ours'): Promise<unknown[]> {
  const url = await databaseOf(file);
  if (url !== undefined) return query(rights === 'ours' ? url : withAllRights(url), statement);
  const raw = openRaw(file);
  if (!/^select/.test(statement)) raw.exec(statement);
  return /^select/.test(statement) ? raw.prepare(statement).all() : [];
}

type KeptFile = { name: string; content: Buffer; mode: number };

let made: Promise<KeptFile[]> | undefined;

/**
 * An empty database with all tables, created once per process and then written anew: creating one takes most of a
 * short test's time.
 */
async function makeEmpty(): Promise<KeptFile[]> {
  if (isPostgres) return readKept(emptyFolder);
  const folder = mkdtempSync(join(tmpdir(), 'front-door-empty-'));
  try {
    const file = join(folder, 'data', 'front-door.sqlite');
    await (await openStore({ file, clock: createClock() })).close();
    return readKept(dirname(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readKept(folder: string): KeptFile[] {
  return readdirSync(folder).map((name) => {
    const file = join(folder, name);
    return { name, content: readFileSync(file), mode: statSync(file).mode };
  });
}

/**
 * A copy of the empty database, with its keys, in its own folder. To test how a database is created, use `makeFile`.
 */
export async function copyEmpty(): Promise<string> {
  made ??= makeEmpty();
  const file = makeFile();
  const kept = await made;
  mkdirSync(dirname(file), { mode: 0o700 });
  for (const { name, content, mode } of kept) writeFileSync(join(dirname(file), name), content, { mode });
  if (isPostgres) addDatabase(file, fromTemplate());
  return file;
}

export async function openTemporary(options: Partial<StoreOptions> = {}): Promise<Store & { file: string }> {
  const file = options.file ?? (await copyEmpty());
  const store = await openAt({ clock: createClock(), ...options, file });
  onTestFinished(() => store.close());
  return { ...store, file };
}

/** Opens the file as an intruder would, with SQLite's default settings. */
export function openRaw(file: string): Sqlite.Database {
  const raw = new Sqlite(file);
  onTestFinished(() => {
    raw.close();
  });
  return raw;
}

export async function openConsultation(store: Store, more: Partial<NewConsultation> = {}) {
  await store.versions.keep(VERSION, FLOW);
  const makeOne = () => makeReference('B', randomBytes);
  return store.consultations.open({
    area: 'bury',
    flow: 'level',
    version: VERSION,
    by: 'professional',
    makeReference: makeOne,
    ...more,
  });
}

export function answered(question: string, answer: Answer = 'yes'): Happening {
  return { kind: 'answered', question, answer };
}
