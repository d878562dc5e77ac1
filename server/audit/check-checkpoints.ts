/** Compares signed checkpoints with each other and with the chain as it is read. */
import type { KeyObject } from 'node:crypto';
import type { Findings } from './findings.ts';
import type { ChainLine, Checkpoint } from './line.ts';
import type { Macs } from './mac.ts';
import { createTree, hashLeaf, type TreeSoFar } from './merkle-tree.ts';
import { isSigned, linkOf, readCheckpoint, type SignedCheckpoint } from './signed-checkpoint.ts';

export interface CheckpointsRead {
  /** Lines of the file; undefined if the file does not exist. */
  lines?: readonly string[] | undefined;
  /** The lines begin in the middle of the file, so the predecessor of the first one is unknown. */
  isTail?: boolean;
  /** The public key; undefined if it cannot be read. */
  key?: KeyObject | undefined;
  /** Undefined without the private key, which auditors do not have: then MACs are not checked. */
  macs?: Macs | undefined;
  /** The file of `store/tally-mark.ts`; null if it does not exist, undefined if it is not checked. */
  tallyMark?: string | null | undefined;
  /** Where the key and the heads were read, for messages. */
  files?: { keyFile: string; headsFile: string };
  /** Printed on an export: position, and beginning of the hash. */
  printed: Checkpoint[];
}

/** What the database knows about its checkpoints. */
export interface HeadsKnown {
  /** The newest checkpoint that it knows, as in the file. */
  newest?: string | undefined;
  /** Backups that were put into service for a reason, each recorded in the chain. */
  restores: readonly Restore[];
  /** The tree over the lines that were checked before; undefined if none were. */
  tree?: TreeSoFar;
  /** A stored node of the tree, in base64; undefined if it is not stored. */
  treeNode(level: number, index: number): string | undefined;
}

export interface Restore {
  /** Position of the restore's own line in the chain. */
  position: number;
  /** The newest checkpoint in the file when the database was put into service; undefined if there was none. */
  head?: Checkpoint | undefined;
}

/** A running server signs every few seconds. If lines span a longer time without a checkpoint between them, some were added later. */
const LONGEST_WITHOUT_MS = 5 * 60_000;

export function checkCheckpoints(
  { lines, isTail = false, key, macs, files, printed }: CheckpointsRead,
  known: HeadsKnown,
  findings: Findings,
) {
  if (key === undefined) findings.add('no key', files?.keyFile ?? 'the key of the audit');
  const signed = readSigned({ lines: lines ?? [], isTail }, key, findings);
  if (lines !== undefined && known.newest !== undefined && !lines.includes(known.newest))
    findings.add('heads missing', lines.length === 0 ? 'all of them' : 'the newest that the database knows of');
  const living = signed.filter((head, index) => !isAbandoned(head, signed.slice(index), known.restores));
  const expected: Checkpoint[] = [...living, ...printed].sort((a, b) => a.position - b.position);
  const gaps = createGaps(living, known.restores, findings);
  const before = known.tree ?? { size: 0, peaks: [] };
  const tree = createTree(before, (level, index, node) => {
    const kept = known.treeNode(level, index);
    if (kept !== undefined && kept !== node.toString('base64'))
      findings.add('tree changed', `node ${index} of level ${level}`);
  });
  const isRewritten = (head: Checkpoint | SignedCheckpoint, hash: string) =>
    !hash.startsWith(head.hash) ||
    ('root' in head && head.root !== undefined && tree.root()?.toString('base64') !== head.root);
  const macFrom = findMacFrom(signed, known.newest, key);
  let next = 0;
  return {
    /** Whether the line was written by a program that has the key. */
    isOurs: (line: ChainLine): boolean =>
      macs === undefined || macFrom === undefined || line.position <= macFrom || macs.line.fits(line.mac, line.hash),
    /** Call it for each line, in order. `at`: when the line was written. */
    pass({ position, hash }: Pick<ChainLine, 'position' | 'hash'>, at: string | undefined): void {
      if (position > before.size) tree.add(hashLeaf(hash));
      for (let head = expected[next]; head !== undefined && head.position <= position; head = expected[++next])
        if (head.position === position && isRewritten(head, hash)) findings.add('rewritten', describeHead(head));
      if (lines !== undefined && at !== undefined) gaps.pass(position, at);
    },
    finish(last: Checkpoint): void {
      gaps.finish();
      const older = lines === undefined ? undefined : describeOlderNewest(lines, known.newest, last);
      if (older !== undefined) findings.add('heads missing', older);
      // Before the first line there is nothing to sign.
      if (lines === undefined && (last.position > 0 || known.newest !== undefined))
        findings.add('no heads', files?.headsFile ?? 'the file of heads');
      if (lines?.length === 0 && last.position > 0 && known.newest === undefined)
        findings.add('no heads', 'the file of heads is empty');
      for (const head of expected.slice(next))
        findings.add('behind', `${describeHead(head)}; the log ends at line ${last.position}`);
    },
  };
}

/**
 * The database stores a checkpoint right after it was written to the file. A server that is stopped between the two
 * leaves the database one behind.
 */
const BEHIND = 2;

/** A database that was cut off is reported elsewhere. */
function describeOlderNewest(lines: readonly string[], newest: string | undefined, end: Checkpoint) {
  const position = readCheckpoint(lines.at(-1) ?? '')?.position ?? 0;
  if (lines.length <= BEHIND || position > end.position) return undefined;
  if (newest === undefined) return 'the database knows of none, and there are some in the file';
  const place = lines.lastIndexOf(newest);
  return place >= 0 && place < lines.length - 1 - BEHIND
    ? 'the newest that the database knows of is an older one'
    : undefined;
}

/** The line from which on every line has a MAC; undefined if no checkpoint says so. */
function findMacFrom(signed: readonly SignedCheckpoint[], newest: string | undefined, key: KeyObject | undefined) {
  const known = newest === undefined ? undefined : readCheckpoint(newest);
  const kept = known !== undefined && key !== undefined && isSigned(known, key) ? [known] : [];
  return [...signed, ...kept].find((head) => head.macFrom !== undefined)?.macFrom;
}

/**
 * Whether a checkpoint belongs to what came after the restored backup and was left behind. `after`: the checkpoints
 * from this one on.
 */
function isAbandoned({ position }: SignedCheckpoint, after: readonly SignedCheckpoint[], restores: readonly Restore[]) {
  return restores.some(
    ({ position: restored, head }) =>
      head !== undefined &&
      position >= restored &&
      after.some((one) => one.position === head.position && one.hash === head.hash),
  );
}

/** Measures how long the log was written without a checkpoint, between two of them or after the last. */
function createGaps(heads: readonly SignedCheckpoint[], restores: readonly Restore[], findings: Findings) {
  const ends = heads.map(({ position }) => position).sort((a, b) => a - b);
  let [next, first, last, from] = [0, '', '', 0];
  const close = () => {
    if (first !== '' && Date.parse(last) - Date.parse(first) > LONGEST_WITHOUT_MS)
      findings.add('heads missing', `none was signed from line ${from} on, from ${first} to ${last}`);
    first = '';
  };
  // If a restore is recorded, the checkpoints before it may have been lost as well.
  const isExcused = (position: number) =>
    restores.some((restore) => position <= restore.position && position > (restore.head?.position ?? 0));
  return {
    pass(position: number, at: string): void {
      for (let end = ends[next]; end !== undefined && end < position; end = ends[++next]) close();
      if (isExcused(position)) return;
      if (first === '') [first, last, from] = [at, at, position];
      if (at > last) last = at;
      if (at < first) first = at;
    },
    finish: close,
  };
}

function readSigned(
  { lines, isTail }: { lines: readonly string[]; isTail: boolean },
  key: KeyObject | undefined,
  findings: Findings,
): SignedCheckpoint[] {
  const heads: SignedCheckpoint[] = [];
  let last: SignedCheckpoint | undefined;
  let number = 0;
  for (const line of lines) {
    number++;
    const head = readCheckpoint(line);
    if (head === undefined) {
      findings.add('not a head', `line ${number} of the file`);
      continue;
    }
    if (!(isTail && number === 1) && !follows(head, last))
      findings.add('heads missing', `before line ${number} of the file, ${head.at}`);
    if (key !== undefined && !isSigned(head, key))
      findings.add('badly signed', `line ${number} of the file, ${head.at}`);
    else heads.push(head);
    last = head;
  }
  return heads;
}

/** Checkpoints from before they were linked come first and do not name their predecessor. */
function follows({ before }: SignedCheckpoint, last: SignedCheckpoint | undefined): boolean {
  if (before === undefined) return last?.before === undefined;
  return before === (last === undefined ? '' : linkOf(last));
}

function describeHead(head: Checkpoint | SignedCheckpoint): string {
  return 'at' in head ? `head at line ${head.position}, signed ${head.at}` : `printed head at line ${head.position}`;
}
