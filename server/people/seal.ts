/** Authenticated encryption of text with AES-256-GCM. The output starts with the random nonce. */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '../consultation/code.ts';

export interface Seal {
  close(text: string): string;
  /** Undefined if the text was encrypted with another key or has been changed. */
  open(sealed: string): string | undefined;
}

/** The purpose for which the secrets of authenticator apps, and the sealed parts of forms about them, are encrypted. */
export const SECOND_FACTORS = 'second factors';

/** The purpose for which this person's drafts are encrypted. */
export function draftsOf(account: string): string {
  return `drafts of ${account}`;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `purpose` goes into the key: text sealed for one purpose cannot be opened for another. */
export function createSeal(key: string | Uint8Array, purpose: string, random: Random): Seal {
  const secret = Buffer.from(hkdfSync('sha256', key, '', `front door ${purpose}`, 32));
  return {
    close(text) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const opener = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      opener.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const body = opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([body, opener.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
