/**
 * The key that seals second factors, drafts and webhook secrets. It is a file beside the database, so that a stolen
 * database alone reveals none of them. Backups do not contain it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { StoreProblem } from './failure.ts';

const KEY_BYTES = 32;
const MAKE_ONE = "openssl rand 32 | basenc --base64url | tr -d '='";

export function peopleKeyFile(dataDir: string): string {
  return join(dataDir, 'people.key');
}

/**
 * Created at the first start, readable by its owner only. `sealed`: something in the database that was sealed with it;
 * if that exists and the key is missing, no new key is created. Throws `StoreProblem`.
 */
export function openPeopleKey(dataDir: string, sealed: string | undefined): Buffer {
  const file = peopleKeyFile(dataDir);
  if (sealed !== undefined && !existsSync(file)) throw missing(file);
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readPeopleKey(file);
}

export function readPeopleKey(file: string): Buffer {
  if (!existsSync(file)) throw missing(file);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length === KEY_BYTES) return key;
  throw new StoreProblem(
    `${file} holds no key`,
    `${KEY_BYTES} bytes in base64url, as they were written at the first start`,
    'restore it from where you keep it',
  );
}

function missing(file: string): StoreProblem {
  return new StoreProblem(
    `There is no ${file}, and the database holds second factors that were sealed with it`,
    'the key that was made at the first start; a backup does not hold it',
    `restore it from where you keep it; if it is lost, make another with ${MAKE_ONE} > ${file}, and everybody who uses an app signs in with a recovery code, or is invited anew`,
  );
}

/** A stored secret of an authenticator app, to try the key on. Undefined if nobody has one. */
export async function findSealed({ read }: Pick<Engine, 'read'>): Promise<string | undefined> {
  const row = await read((db) =>
    db.selectFrom('accounts').select('totp_secret').where('totp_secret', 'is not', null).limit(1).executeTakeFirst(),
  );
  return row?.totp_secret ?? undefined;
}
