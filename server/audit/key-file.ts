/**
 * The keys of the audit, as their file holds them. A start reads the file again and again, since another program may have replaced it; parsing
 * takes much longer than reading, so what was parsed last is remembered by its bytes.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Throws if it is no private key. */
export const parsePrivateKey = rememberLast(createPrivateKey);

/** From a file with the private key or with the public one alone. Throws if it is neither. */
export const parsePublicKey = rememberLast(createPublicKey);

function rememberLast(parse: (pem: Buffer) => KeyObject): (pem: Buffer) => KeyObject {
  let last: { pem: Buffer; key: KeyObject } | undefined;
  return (pem) => {
    if (last?.pem.equals(pem) !== true) last = { pem, key: parse(pem) };
    return last.key;
  };
}
