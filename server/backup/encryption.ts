/**
 * Backups are encrypted to public keys with age (https://age-encryption.org): the server can write them but not read
 * them.
 */
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupProblem, isOfTheDisk } from './problem.ts';

/** Throws `BackupProblem` if a recipient is not a public age key. */
export function createEncrypter(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter();
  for (const recipient of recipients)
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new BackupProblem(
        `BACKUP_RECIPIENTS has "${recipient}", which is no public key of age`,
        'a key that begins with age1',
        'make one with age-keygen, keep its secret half away from this server, and give the public half',
      );
    }
  return encrypter;
}

export async function encryptFile(fromFile: string, toFile: string, encrypter: Encrypter): Promise<void> {
  const plain = Readable.toWeb(createReadStream(fromFile)) as ReadableStream<Uint8Array>;
  await write(await encrypter.encrypt(plain), toFile);
}

/**
 * Throws `BackupProblem` if the key is missing, is not a key, or is not the one to which the file was encrypted; or if
 * the file was changed.
 */
export async function decryptFile(fromFile: string, toFile: string, keyFile: string): Promise<void> {
  const decrypter = new Decrypter();
  for (const key of readKeys(keyFile)) decrypter.addIdentity(key);
  try {
    const sealed = Readable.toWeb(createReadStream(fromFile)) as ReadableStream<Uint8Array>;
    await write(await decrypter.decrypt(sealed), toFile);
  } catch (error) {
    if (isOfTheDisk(error)) throw error;
    throw new BackupProblem(
      `${fromFile} cannot be decrypted with ${keyFile}: ${(error as Error).message}`,
      'the whole file, and the secret key that belongs to the public key it was encrypted to',
      'try the other keys that you keep; if none fits, the file was changed: take an earlier backup',
    );
  }
}

function readKeys(keyFile: string): string[] {
  if (!existsSync(keyFile))
    throw new BackupProblem(
      `There is no key ${keyFile}`,
      'a file with the secret key, as age-keygen writes it',
      'fetch it from where you keep it: without it an encrypted backup cannot be read by anybody',
    );
  const keys = readFileSync(keyFile, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isKey = (line: string) => /^AGE-SECRET-KEY-[\dA-Z-]+$/.test(line);
  if (keys.length > 0 && keys.every(isKey)) return keys;
  throw new BackupProblem(
    `${keyFile} is no file of keys`,
    'lines that begin with AGE-SECRET-KEY-',
    'give the file that age-keygen wrote; the public key, age1…, only encrypts',
  );
}

/** Data is acknowledged once it is on the disk. */
async function write(stream: ReadableStream<Uint8Array>, toFile: string): Promise<void> {
  await stream.pipeTo(Writable.toWeb(createWriteStream(toFile, { mode: 0o600, flags: 'wx' })) as WritableStream);
  const handle = await open(toFile, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
