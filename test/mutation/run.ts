/** Judges many mutants, in this process or in workers. */
import { fork } from 'node:child_process';
import { type ContentFile, readFolder } from '../../server/flow/language/folder.ts';
import { placeIn, readYaml } from '../../server/flow/language/read.ts';
import { allMutants } from './all.ts';
import { Judge, type Verdict } from './judge.ts';
import type { Mutant } from './mutant.ts';

export interface Judged extends Mutant {
  verdict: Verdict;
}

export interface Run {
  judged: Judged[];
  /** Number of mutants, including those not judged because the time ran out. */
  all: number;
}

/** The folder of the content, and the day it is read for. */
export interface Content {
  root: string;
  today: string;
}

/** Judges every nth mutant, starting with `first`, until the time runs out. */
export function judgeSome(judge: Judge, first: number, every: number, until: number = Number.POSITIVE_INFINITY): Run {
  const mutants = allMutants(judge.files, judge.library);
  const judged: Judged[] = [];
  for (let index = first; index < mutants.length && Date.now() < until; index += every) {
    const mutant = mutants[index] as Mutant;
    judged.push({ ...mutant, verdict: judge.judge(mutant) });
  }
  return { judged, all: mutants.length };
}

/** Like `judgeSome`, divided among processes. */
export async function judgeAll(
  { root, today }: Content,
  { workers, every, from = 0, until }: { workers: number; every: number; from?: number; until: number },
): Promise<Run> {
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, worker) =>
      runWorker([root, today, from + worker * every, workers * every, until].map(String)),
    ),
  );
  return { judged: parts.flatMap((part) => part.judged), all: parts[0]?.all ?? 0 };
}

function runWorker(words: string[]): Promise<Run> {
  return new Promise((done, fail) => {
    const child = fork(new URL('./worker.ts', import.meta.url), words, { execArgv: ['--import', 'tsx'] });
    let run: Run | undefined;
    child.on('message', (message) => {
      run = message as Run;
    });
    child.on('error', fail);
    child.on('exit', (code) => (run === undefined ? fail(new Error(`a worker ended with ${code}`)) : done(run)));
  });
}

export function work({ root, today }: Content, first: number, every: number, until: number): Run {
  return judgeSome(new Judge(readFolder(root), today), first, every, until);
}

/** `flows/bury/level.yaml:12: level 4, not 5 (mark)`. */
export function describeMutant(files: readonly ContentFile[], { folder, name, path, says, kind }: Mutant): string {
  const text = files.find((file) => file.folder === folder && file.name === name)?.text ?? '';
  const { document } = readYaml(`flows/${folder}/${name}`, text);
  const line = document === undefined ? 1 : placeIn(document, path).line;
  return `flows/${folder}/${name}:${line}: ${says} (${kind})`;
}

export interface Score {
  caught: number;
  counted: number;
  /** From 0 to 1: the caught share of the mutants that change any outcome. */
  share: number;
}

export function scoreOf(judged: readonly Judged[]): Score {
  const counted = judged.filter(({ verdict }) => verdict !== 'same').length;
  const caught = judged.filter(({ verdict }) => verdict !== 'same' && verdict !== 'survived').length;
  return { caught, counted, share: counted === 0 ? 1 : caught / counted };
}
