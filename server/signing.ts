/**
 * Everything that signing in needs. The key is in a file beside the database, so a stolen database alone does not
 * reveal second factors.
 */
import { randomBytes } from 'node:crypto';
import type { Config } from './config.ts';
import { readLeakedPasswords } from './leaked-passwords.ts';
import { createHasher } from './people/hasher.ts';
import { createSeal, draftsOf, SECOND_FACTORS } from './people/seal.ts';
import type { Signing } from './web/kit/services.ts';

/** `key`: see `store/people-key.ts`. */
export async function createSigning(config: Config, key: Buffer): Promise<Signing> {
  return {
    hasher: createHasher(),
    readLeaked: readLeakedPasswords,
    seal: createSeal(key, SECOND_FACTORS, randomBytes),
    sealOf: (account) => createSeal(key, draftsOf(account), randomBytes),
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
