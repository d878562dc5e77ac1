/**
 * What an exported file contains so that it can be checked without the database: a log line with the digest of the
 * file, and the proof that this line is in the log below a signed checkpoint. The digest covers every word of the file,
 * however a later version would display the entries.
 */
import { hash, type KeyObject } from 'node:crypto';
import { type ChainLine, type Fact, hashContent, hashLine, type Source } from './line.ts';
import { hashLeaf, isIncluded } from './merkle-tree.ts';
import { readNote } from './note.ts';

/** Without the body's text: a referrer's file must not contain what the desk wrote for itself. */
export interface ProvenLine extends Omit<ChainLine, 'salt' | 'mac'> {
  facts: Fact[];
  /** Hashes from the leaf to the root, in base64. */
  path: string[];
}

/** The log line which says that a file was made. */
export interface ProvenFileLine extends ProvenLine {
  salt: string;
  /** Contains the digest of the file. */
  body: string;
}

export interface ExportProof {
  proofVersion: 1;
  checkpoint: string;
  made: ProvenFileLine;
  /** The entries that a JSON file lists. */
  entries: ProvenLine[];
}

export function digestOfFile(file: string | Uint8Array): string {
  return hash('sha256', file, 'base64url');
}

const [BEGIN, END] = ['-----BEGIN PROOF OF THE LOG-----', '-----END PROOF OF THE LOG-----'];
const LINE_LETTERS = 76;

function inLines(proof: ExportProof, start: string): string {
  const letters = Buffer.from(JSON.stringify(proof)).toString('base64');
  const lines = letters.match(new RegExp(`.{1,${LINE_LETTERS}}`, 'g')) ?? [];
  return [BEGIN, ...lines, END].map((line) => `${start}${line}\n`).join('');
}

type FileContent = string | Uint8Array<ArrayBuffer>;

/**
 * `where`: see `server/base/record-formats.ts`. The comments at the end of a PDF repeat where its cross-reference table
 * begins.
 */
export function attachProof(file: FileContent, proof: ExportProof, where: 'field' | 'lines' | 'comments'): FileContent {
  if (where === 'field') return JSON.stringify({ ...JSON.parse(String(file)), proof }, undefined, 2);
  if (where === 'lines') return `${file}\n${inLines(proof, '')}`;
  const bytes = Buffer.from(file as Uint8Array);
  const table = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.subarray(-64).toString('latin1'))?.[1];
  const ending = `\n${inLines(proof, '%')}startxref\n${table}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([bytes, Buffer.from(ending)]));
}

/** The file without its proof, and the proof; undefined if it has none. */
function detachProof(given: Buffer): { file: string | Uint8Array; proof: ExportProof } | undefined {
  const object = readObject(given);
  if (object !== undefined) {
    const { proof, ...rest } = object;
    return proof === undefined ? undefined : { file: JSON.stringify(rest, undefined, 2), proof };
  }
  const isPdf = given.subarray(0, 4).toString() === '%PDF';
  const start = given.lastIndexOf(`\n${isPdf ? '%' : ''}${BEGIN}`);
  if (start === -1) return undefined;
  const letters = given
    .subarray(start)
    .toString('latin1')
    .split('\n')
    .map((line) => (isPdf ? line.slice(1) : line).trim());
  const proof = letters.slice(letters.indexOf(BEGIN) + 1, letters.indexOf(END)).join('');
  return { file: given.subarray(0, start), proof: JSON.parse(Buffer.from(proof, 'base64').toString('utf8')) };
}

/** Undefined if it is not JSON: other formats can begin with a brace as well. */
function readObject(given: Buffer): ({ proof?: ExportProof } & Record<string, unknown>) | undefined {
  if (given.subarray(0, 1).toString() !== '{') return undefined;
  try {
    return JSON.parse(given.toString('utf8'));
  } catch {
    return undefined;
  }
}

export type ExportChecked =
  | { problems: string[]; isOtherKey?: true }
  | { problems: []; signedAt: string; size: number; made: ProvenFileLine };

/** Checks a file offline: it needs the file and the public key, and nothing else. */
export function checkExport(given: Buffer, key: KeyObject): ExportChecked {
  const found = tryToDetach(given);
  if (found === undefined)
    return { problems: ['The file carries no proof: it was made before there were any, or the proof was cut off'] };
  const { file, proof } = found;
  const head = readNote(proof.checkpoint, key);
  if ('problem' in head) return { problems: [head.problem], ...(head.isOtherKey && { isOtherKey: true }) };
  const { made, entries } = proof;
  const problems = [made, ...entries].flatMap((line) => findProblem(line, head) ?? []);
  if (hashContent(made.salt, made.body) !== made.content)
    problems.push('What the log says of the file was changed in its proof');
  if (readBody(made).file !== digestOfFile(file))
    problems.push('The file is not the one that was made: its words were changed, or another program saved it anew');
  if (made.facts[5] !== 'file made') problems.push('The line that it names is not about a file');
  problems.push(...compareEntries(file, proof));
  return problems.length > 0 ? { problems } : { problems: [], signedAt: head.at, size: head.size, made };
}

function tryToDetach(given: Buffer): ReturnType<typeof detachProof> {
  try {
    const found = detachProof(given);
    return found?.proof.proofVersion === 1 && Array.isArray(found.proof.entries) ? found : undefined;
  } catch {
    return undefined;
  }
}

function findProblem(line: ProvenLine, { size, root }: { size: number; root: Buffer }): string | undefined {
  const where = `${line.source} ${line.seq}, line ${line.position} of the log`;
  if (hashLine(line, line.facts) !== line.hash) return `Its facts are not those that were written: ${where}`;
  const path = line.path.map((text) => Buffer.from(text, 'base64'));
  const leaf = hashLeaf(line.hash);
  if (isIncluded({ leaf, index: line.position - 1, size, path, root })) return undefined;
  return `It did not stand in the log under this checkpoint: ${where}`;
}

/** A JSON file lists the entries in words. Each has to be proved, with its number, time and author. */
function compareEntries(file: string | Uint8Array, { made, entries }: ExportProof): string[] {
  if (typeof file !== 'string') return [];
  const listed = (JSON.parse(file).entries ?? []) as { entry: number; at: string }[];
  const consultation = made.facts[6];
  const proven = new Map(entries.map(({ source, facts }) => [`${source} ${facts[0]} ${facts[1]}`, facts[2]]));
  return listed
    .filter(({ entry, at }) => proven.get(`${'entries' satisfies Source} ${consultation} ${entry}`) !== at)
    .map(({ entry }) => `Entry ${entry} is listed and not proven`);
}

function readBody({ body }: ProvenFileLine): { file?: unknown } {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
