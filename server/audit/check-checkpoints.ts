/** Signed heads held against the chain as it is read. */
import type { KeyObject } from 'node:crypto';
import type { Findings } from './findings.ts';
import type { ChainLine, Checkpoint } from './line.ts';
import { isSigned, readCheckpoint, type SignedCheckpoint } from './signed-checkpoint.ts';

export interface CheckpointsRead {
  /** Lines of the file; undefined when it is not there. */
  lines?: Iterable<string> | undefined;
  /** The public key; undefined when it cannot be read. */
  key?: KeyObject | undefined;
  /** From an export: position and the beginning of the hash. */
  printed: Checkpoint[];
}

export function checkCheckpoints({ lines, key, printed }: CheckpointsRead, findings: Findings) {
  if (lines === undefined) findings.add('no heads', 'the file of heads');
  if (key === undefined) findings.add('no key', 'the key of the audit');
  const expected: Checkpoint[] = [...readSigned(lines ?? [], key, findings), ...printed].sort(
    (a, b) => a.position - b.position,
  );
  let next = 0;
  return {
    /** Lines come by position. */
    pass({ position, hash }: Pick<ChainLine, 'position' | 'hash'>): void {
      for (let head = expected[next]; head !== undefined && head.position <= position; head = expected[++next])
        if (head.position === position && !hash.startsWith(head.hash)) findings.add('rewritten', describeHead(head));
    },
    finish(last: Checkpoint): void {
      for (const head of expected.slice(next))
        findings.add('behind', `${describeHead(head)}; the log ends at line ${last.position}`);
    },
  };
}

function readSigned(lines: Iterable<string>, key: KeyObject | undefined, findings: Findings): SignedCheckpoint[] {
  const heads: SignedCheckpoint[] = [];
  let number = 0;
  for (const line of lines) {
    number++;
    const head = readCheckpoint(line);
    if (head === undefined) findings.add('not a head', `line ${number} of the file`);
    else if (key !== undefined && !isSigned(head, key))
      findings.add('badly signed', `line ${number} of the file, ${head.at}`);
    else heads.push(head);
  }
  return heads;
}

function describeHead(head: Checkpoint | SignedCheckpoint): string {
  return 'at' in head ? `head at line ${head.position}, signed ${head.at}` : `printed head at line ${head.position}`;
}
