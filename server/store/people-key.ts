/**
 * The key that seals second factors, drafts and webhook secrets. It is a file beside the database, so that a stolen
 * database alone reveals none of them. Backups do not contain it. With another key nobody would get in with their app,
 * and drafts and secrets would be written over what nobody can read any more; so nothing starts with one, unless it is
 * said why.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createSeal, draftsOf, SECOND_FACTORS } from '../people/seal.ts';
import { type AccessLog, START_OF_SERVER } from './access-log.ts';
import type { Engine } from './engine.ts';
import { StoreProblem } from './failure.ts';
import type { Database } from './tables.ts';

const KEY_BYTES = 32;
const REASON = 'PEOPLE_KEY_REPLACED="why, and who decided it"';
const THEN =
  'whoever uses an app then signs in with a recovery code or is invited anew, webhooks need new secrets, and drafts are lost';

export function peopleKeyFile(dataDir: string): string {
  return join(dataDir, 'people.key');
}

/** Created at the first start, readable by its owner only. Throws `StoreProblem` if it cannot be read. */
export function openPeopleKey(dataDir: string): Buffer {
  const file = peopleKeyFile(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    // A folder that may only be read can hold a key.
    if (!existsSync(file)) throw unusable(file, error);
  }
  return readPeopleKey(file);
}

function unusable(file: string, error: unknown): StoreProblem {
  return new StoreProblem(
    `The key of people cannot be used: ${(error as Error).message}`,
    `a file ${file} that this user may read, and at the first start a folder in which it may be made`,
    'look at DATA_DIR, and at whom the file and its folder belong to',
    error,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusable(file, error);
  }
}

function readPeopleKey(file: string): Buffer {
  if (!existsSync(file)) throw missing(file);
  const key = Buffer.from(readText(file).trim(), 'base64url');
  if (key.length === KEY_BYTES) return key;
  throw new StoreProblem(
    `${file} holds no key`,
    `${KEY_BYTES} bytes in base64url, as they were written at the first start`,
    'restore it from where you keep it',
  );
}

function missing(file: string): StoreProblem {
  return new StoreProblem(
    `There is no ${file}, and the database holds what was sealed with it`,
    'the key that was made at the first start; a backup does not hold it',
    `restore it from where you keep it; if it is lost, start once with ${REASON}: another is made, and ${THEN}`,
  );
}

function other(file: string, sealed: readonly Sealed[]): StoreProblem {
  const things = ['app', 'webhook', 'draft'].flatMap((kind) => {
    const count = sealed.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  return new StoreProblem(
    `${file} is not the key of this database: it opens nothing of what was sealed (${things.join(', ')}). Nothing was changed`,
    'the key that was there before; a backup does not hold it',
    `put it back from where you keep it. If it is lost, or was replaced on purpose, start once with ${REASON}: ${THEN}. ` +
      'If it is the right key, run npm run verify: somebody has changed what was sealed',
  );
}

interface Sealed {
  kind: 'app' | 'webhook' | 'draft';
  purpose: string;
  text: string;
}

/** Enough of them to tell the key by: they are gone after some days. */
const MOST_DRAFTS = 100;

async function readSealed(db: Database): Promise<Sealed[]> {
  const apps = await db.selectFrom('accounts').select('totp_secret').where('totp_secret', 'is not', null).execute();
  const webhooks = await db
    .selectFrom('clients')
    .select('webhook_secret')
    .where('webhook_secret', 'is not', null)
    .where('revoked_at', 'is', null)
    .execute();
  const drafts = await db
    .selectFrom('drafts')
    .select(['account', 'sealed'])
    .orderBy('at', 'desc')
    .limit(MOST_DRAFTS)
    .execute();
  return [
    ...apps.map((row) => ({ kind: 'app' as const, purpose: SECOND_FACTORS, text: row.totp_secret ?? '' })),
    ...webhooks.map((row) => ({ kind: 'webhook' as const, purpose: SECOND_FACTORS, text: row.webhook_secret ?? '' })),
    ...drafts.map((row) => ({ kind: 'draft' as const, purpose: draftsOf(row.account), text: row.sealed })),
  ];
}

function countOpened(key: Buffer, sealed: readonly Sealed[]): number {
  const purposes = new Set(sealed.map(({ purpose }) => purpose));
  const seals = new Map([...purposes].map((purpose) => [purpose, createSeal(key, purpose, randomBytes)]));
  return sealed.filter(({ purpose, text }) => seals.get(purpose)?.open(text) !== undefined).length;
}

interface Replaced {
  reason: string;
  /** The hash of the key that took the place of the other. */
  key: string;
}

async function readReplaced(db: Database): Promise<Replaced[]> {
  const looks = db.selectFrom('looks').select('body').where('what', '=', sql.lit('people key replaced'));
  return (await looks.execute()).map(({ body }) => JSON.parse(body));
}

function hashOf(key: Buffer): string {
  return createHash('sha256').update('front door people.key').update(key).digest('base64url');
}

/** How much of what was sealed the key opens. Throws `StoreProblem` if it is missing, none, or another one. */
export async function checkPeopleKey(db: Database, dataDir: string): Promise<{ sealed: number; opened: number }> {
  const sealed = await readSealed(db);
  if (sealed.length === 0) return { sealed: 0, opened: 0 };
  const file = peopleKeyFile(dataDir);
  const key = readPeopleKey(file);
  const opened = countOpened(key, sealed);
  const isKnown = opened > 0 || (await readReplaced(db)).some((replaced) => replaced.key === hashOf(key));
  if (!isKnown) throw other(file, sealed);
  return { sealed: sealed.length, opened };
}

export interface PeopleKeys {
  /**
   * The key for a server that goes into service. `reason`: why it is another one than before. Throws `StoreProblem` if
   * it is, without a reason. Call `noteReplaced` once the server may go into service.
   */
  open(dataDir: string, reason: string | undefined): Promise<{ key: Buffer; noteReplaced(): Promise<void> }>;
}

export function createPeopleKeys({ read }: Pick<Engine, 'read'>, accessLog: Pick<AccessLog, 'add'>): PeopleKeys {
  return {
    async open(dataDir, reason) {
      const file = peopleKeyFile(dataDir);
      const sealed = await read(readSealed);
      if (sealed.length > 0 && reason === undefined) await read((db) => checkPeopleKey(db, dataDir));
      const replaced = sealed.length === 0 || reason === undefined ? [] : await read(readReplaced);
      const isSaid = replaced.some((one) => one.reason === reason);
      if (!existsSync(file) && isSaid) throw saidBefore(file);
      const key = openPeopleKey(dataDir);
      const isKnown = sealed.length === 0 || reason === undefined || countOpened(key, sealed) > 0;
      if (isKnown || replaced.some((one) => one.key === hashOf(key))) return { key, noteReplaced: async () => {} };
      if (isSaid) throw saidBefore(file);
      const body = { reason, key: hashOf(key) };
      const noteReplaced = () => accessLog.add({ who: START_OF_SERVER, area: '', what: 'people key replaced', body });
      return { key, noteReplaced };
    },
  };
}

function saidBefore(file: string): StoreProblem {
  return new StoreProblem(
    `${file} is missing or another key again, and the reason in PEOPLE_KEY_REPLACED was given for an earlier one already`,
    'the key of this database, or a new reason',
    'put the key back from where you keep it, and take PEOPLE_KEY_REPLACED away; if it is lost again, give the new reason',
  );
}
