/**
 * Everything that signing in needs. The key is in a file beside the database, so a stolen database alone does not
 * reveal second factors.
 */
import { randomBytes } from 'node:crypto';
import type { Config } from './config.ts';
import { readLeakedPasswords } from './leaked-passwords.ts';
import { createHasher } from './people/hasher.ts';
import { createSeal, SECOND_FACTORS } from './people/seal.ts';
import { openPeopleKey } from './store/people-key.ts';
import type { Signing } from './web/kit/services.ts';

/**
 * `sealed`: something in the database that was sealed with the key. Throws `StoreProblem` if that exists and the key
 * does not.
 */
export async function createSigning(config: Config, sealed?: string): Promise<Signing> {
  const key = openPeopleKey(config.dataDir, sealed);
  return {
    hasher: createHasher(),
    readLeaked: readLeakedPasswords,
    seal: createSeal(key, SECOND_FACTORS, randomBytes),
    sealOf: (account) => createSeal(key, `drafts of ${account}`, randomBytes),
    challengeKey: deriveKey('challenges', key),
    formKey: deriveKey('forms', key),
    conversationKey: deriveKey('conversations', key),
    publicUrl: config.publicUrl,
    addressHeader: config.addressHeader,
    organisation:
      config.organisation && (await import('./people/organisation.ts')).createOrganisation(config.organisation),
  };
}

function deriveKey(purpose: string, key: Buffer): Buffer {
  return Buffer.concat([Buffer.from(purpose), key]);
}
