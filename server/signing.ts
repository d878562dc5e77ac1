/** Everything that signing in needs. The key is a file beside the database, so a stolen database alone does not reveal second factors. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigProblem } from './config.ts';
import { readLeakedPasswords } from './leaked-passwords.ts';
import { createHasher } from './people/hasher.ts';
import { createSeal } from './people/seal.ts';
import type { Signing } from './web/kit/services.ts';

const KEY_BYTES = 32;

export async function createSigning(config: Config): Promise<Signing> {
  const key = openKey(config.dataDir);
  return {
    hasher: createHasher(),
    readLeaked: readLeakedPasswords,
    seal: createSeal(key, 'second factors', randomBytes),
    sealOf: (account) => createSeal(key, `drafts of ${account}`, randomBytes),
    challengeKey: createChallengeKey(key),
    publicUrl: config.publicUrl,
    addressHeader: config.addressHeader,
    organisation:
      config.organisation && (await import('./people/organisation.ts')).createOrganisation(config.organisation),
  };
}

function createChallengeKey(key: Buffer): Buffer {
  return Buffer.concat([Buffer.from('challenges'), key]);
}

/** Creates the key file at the first start, readable by its owner only. */
function openKey(dataDir: string): Buffer {
  const file = join(dataDir, 'people.key');
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length === KEY_BYTES) return key;
  throw new ConfigProblem(`${file} holds no key. Restore it from where you keep it; without it nobody's app is known`);
}
