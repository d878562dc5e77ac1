/**
 * The keys of the audit, as their file holds them. A start reads the file again and again, since another program may have replaced it; parsing
 * takes much longer than reading, so what was parsed last is remembered by its bytes.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Throws if it is no private key of Ed25519. */
export const parsePrivateKey = rememberLast(createPrivateKey);

/** From a file with the private key or with the public one alone. Throws if it is neither. */
export const parsePublicKey = rememberLast(createPublicKey);

const KIND = 'ed25519';

function rememberLast(parse: (pem: Buffer) => KeyObject): (pem: Buffer) => KeyObject {
  let last: { pem: Buffer; key: KeyObject } | undefined;
  return (pem) => {
    if (last?.pem.equals(pem) === true) return last.key;
    const key = parse(pem);
    // Any other would sign, too, and nobody could check it.
    if (key.asymmetricKeyType !== KIND) throw new Error(`it is a key of ${key.asymmetricKeyType}, not of ${KIND}`);
    last = { pem, key };
    return key;
  };
}
