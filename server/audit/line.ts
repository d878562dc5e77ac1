/**
 * A line of the chain, and how it is hashed. This must never change, because databases hold these hashes for years; another method would
 * be a new chain. The text of a body is hashed with its own random salt; an erasure removes text and salt, and the chain can still be checked.
 */
import { hash } from 'node:crypto';

/** Tables in the chain, with the columns that are hashed beside the body. These never hold text that somebody typed. */
export const FACTS = {
  entries: ['consultation', 'number', 'at', 'by', 'kind'],
  account_entries: ['account', 'at', 'by', 'kind'],
  looks: ['at', 'person', 'name', 'role', 'area', 'what', 'consultation'],
} as const;
export type Source = keyof typeof FACTS;
export const SOURCES = Object.keys(FACTS) as Source[];

export type Fact = string | number | null;

export interface ChainLine {
  /** 1, 2, 3 … without a gap. */
  position: number;
  source: string;
  seq: number;
  /** Null after the body was erased. */
  salt: string | null;
  content: string;
  /** Hash of the line before; empty at the first. */
  previous: string;
  hash: string;
  /** The MAC of the hash, see `mac.ts`; null in lines from before there were MACs. */
  mac: string | null;
}

export interface Checkpoint {
  position: number;
  hash: string;
}

export const BEGINNING: Checkpoint = { position: 0, hash: '' };

export function hashContent(salt: string, body: string): string {
  return hash('sha256', `${salt}\n${body}`, 'base64url');
}

export function hashLine(
  { position, source, seq, content, previous }: Omit<ChainLine, 'hash' | 'salt' | 'mac'>,
  facts: readonly Fact[],
): string {
  return hash('sha256', JSON.stringify([position, source, seq, content, previous, ...facts]), 'base64url');
}

/** The line that follows `head`. */
export function nextLine(
  head: Checkpoint,
  written: { source: Source; seq: number; facts: readonly Fact[]; body: string },
  salt: string,
): Omit<ChainLine, 'mac'> {
  const { source, seq, facts, body } = written;
  const line = {
    position: head.position + 1,
    source,
    seq,
    content: hashContent(salt, body),
    previous: head.hash,
  };
  return { ...line, salt, hash: hashLine(line, facts) };
}

/** Whether a row is still what it was when its line of the chain was made. */
export function isAsWritten(line: Omit<ChainLine, 'mac'>, row: { body: string; facts: readonly Fact[] }): boolean {
  const sameText = line.salt !== null && hashContent(line.salt, row.body) === line.content;
  return sameText && hashLine(line, row.facts) === line.hash;
}
