/**
 * The 49,000 most common passwords from leaked lists, the most common first. They are not kept in memory, but read when
 * somebody chooses a password. A build copies the file beside the program.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the file in the folder of the built server. */
export const BUILT_PASSWORDS = 'leaked-passwords.json';

/** In lower case. */
export async function readLeakedPasswords(): Promise<readonly string[]> {
  if (import.meta.filename.endsWith('.js'))
    return JSON.parse(readFileSync(join(import.meta.dirname, BUILT_PASSWORDS), 'utf8')) as string[];
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return dictionary['passwords-common'];
}
