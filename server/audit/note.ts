/**
 * A signed checkpoint in the format of transparency logs (C2SP tlog-checkpoint and signed-note), so that their tools
 * can read it: origin, number of lines and root of the tree, then our own lines, an empty line, and the signature.
 */
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';

const ORIGIN = 'front-door-log';

export interface NoteFields {
  position: number;
  /** Hash of the last line of the chain. */
  hash: string;
  /** Root of the tree over all lines, in base64. */
  root: string;
  at: string;
  /** Link to the checkpoint before it; empty in the first. */
  before: string;
  /** Lines after this position have a MAC. Undefined in checkpoints from before there were MACs. */
  macFrom?: number | undefined;
}

/** The text that is signed. */
export function noteText({ position, hash: last, root, at, before, macFrom }: NoteFields): string {
  const macs = macFrom === undefined ? '' : `macs after ${macFrom}\n`;
  return `${ORIGIN}\n${position}\n${root}\nchain ${last}\nat ${at}\nbefore ${before === '' ? 'none' : before}\n${macs}`;
}

const ED25519 = Buffer.of(0x0a, 1);
const KEY_ID_BYTES = 4;
const RAW_KEY_BYTES = 32;

/** `key`: the private or the public key. */
function keyId(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-RAW_KEY_BYTES);
  return hash('sha256', Buffer.concat([Buffer.from(ORIGIN), ED25519, raw]), 'buffer').subarray(0, KEY_ID_BYTES);
}

export function toNote(fields: NoteFields, signature: Buffer, key: KeyObject): string {
  return `${noteText(fields)}\n— ${ORIGIN} ${Buffer.concat([keyId(key), signature]).toString('base64')}\n`;
}

/** `isOtherKey`: it names another key than the one that was given, so nothing more can be said of it. */
export type NoteRead = { problem: string; isOtherKey?: true } | { size: number; root: Buffer; at: string };

/** Checks the signature. `key`: the public key. */
export function readNote(note: string, key: KeyObject): NoteRead {
  const end = note.indexOf('\n\n');
  const text = note.slice(0, end + 1);
  const [origin, size, root, ...more] = text.split('\n');
  const at = more.find((line) => line.startsWith('at '))?.slice(3);
  if (end === -1 || origin !== ORIGIN || !/^[1-9]\d*$/.test(size ?? '') || at === undefined)
    return { problem: 'The checkpoint is not one of a Front Door' };
  const signed = new RegExp(`^— ${ORIGIN} (\\S+)$`, 'm').exec(note.slice(end + 2))?.[1] ?? '';
  const bytes = Buffer.from(signed, 'base64');
  if (!bytes.subarray(0, KEY_ID_BYTES).equals(keyId(key)))
    return { problem: 'The checkpoint was signed with another key than this one', isOtherKey: true };
  if (!verify(null, Buffer.from(text), key, bytes.subarray(KEY_ID_BYTES)))
    return { problem: 'The signature of the checkpoint is wrong: the checkpoint was changed' };
  return { size: Number(size), root: Buffer.from(root ?? '', 'base64'), at };
}
