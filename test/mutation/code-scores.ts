/** The stored scores of the mutation tests of the engine, file by file. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export interface CodeScore {
  /** Faults that a test noticed, out of those that a test could notice. */
  noticed: number;
  of: number;
}

/** `hash`: hash of the file at the time, to recognise outdated scores. */
export type Scores = Record<string, CodeScore & { hash: string }>;

const NOTICED = ['Killed', 'Timeout'];
const COUNTED = [...NOTICED, 'Survived', 'NoCoverage'];

export function tally(statuses: readonly string[]): CodeScore {
  const among = (some: readonly string[]) => statuses.filter((status) => some.includes(status)).length;
  return { noticed: among(NOTICED), of: among(COUNTED) };
}

export function sumOf(scores: Scores): CodeScore & { share: number } {
  const all = Object.values(scores);
  const noticed = all.reduce((sum, score) => sum + score.noticed, 0);
  const of = all.reduce((sum, score) => sum + score.of, 0);
  return { noticed, of, share: of === 0 ? 1 : noticed / of };
}

export function byFile(scores: Scores): Scores {
  return Object.fromEntries(Object.entries(scores).sort(([one], [other]) => one.localeCompare(other)));
}

/** Files without a score, or changed since their score. */
export function staleIn(scores: Scores, files: readonly string[], hash = hashOf): string[] {
  return files.filter((file) => scores[file]?.hash !== hash(file));
}

export function describeScores(scores: Scores, files: readonly string[], hash = hashOf): string[] {
  const percent = ({ noticed, of }: CodeScore) => `${of === 0 ? 100 : Math.floor((noticed / of) * 1000) / 10} %`;
  const tried = Object.entries(byFile(scores)).map(
    ([file, score]) =>
      `${file}: ${score.noticed} of ${score.of}, ${percent(score)}${score.hash === hash(file) ? '' : ', changed since'}`,
  );
  const never = files.filter((file) => scores[file] === undefined);
  const sum = sumOf(scores);
  return [
    ...tried,
    `${sum.noticed} of ${sum.of} faults noticed in ${tried.length} files, ${percent(sum)}`,
    ...(never.length > 0 ? [`not tried: ${never.join(', ')}`] : []),
  ];
}

export function codeFiles(): string[] {
  const names = readdirSync('server/flow', { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `server/flow/${name}`)
    .sort();
}

export function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}
