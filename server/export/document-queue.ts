/**
 * PDFs and Word files are made in a separate thread, because a long record takes seconds and everybody else would have
 * to wait. The queue has a limit, so that a flood of requests neither fills the memory nor makes later ones wait for
 * minutes. The thread starts with the first file and ends when no more are wanted. It loads the libraries itself: Node
 * remembers a failed import, for example when no file handle was free, for as long as its thread runs, and a new thread
 * tries again.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ConsultationRecord } from '../consultation/record.ts';
import type { HandoverSheetDocument } from './handover-sheet.ts';
import type { PaperFrame, PaperSection } from './pdf.ts';

const MOST_WAITING = 20;
/** The longest possible record takes about ten seconds. */
const LONGEST_MS = 60_000;
const IDLE_MS = 60_000;
const MOST_MEMORY_MB = 512;

/** The queue is full. */
export class TooManyDocuments extends Error {}

/** Records and other documents become PDFs; a hand-over sheet can also become a Word file. */
export type DocumentWanted =
  | { record: ConsultationRecord }
  | { frame: PaperFrame; sections: readonly PaperSection[] }
  | { handoverSheetForWord: HandoverSheetDocument };

type File = Uint8Array<ArrayBuffer>;

interface Job {
  wanted: DocumentWanted;
  resolve(file: File): void;
  reject(error: Error): void;
}

type Answer = { file: File } | { problem: string };

/**
 * This file's neighbour, both in the sources and in `dist`. A thread does not inherit how the main thread reads
 * TypeScript.
 */
function startWorker(): Worker {
  const file = join(import.meta.dirname, 'document-worker');
  const options = { resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } };
  const worker = import.meta.filename.endsWith('.ts')
    ? new Worker(loadSource(`${file}.ts`), { ...options, eval: true })
    : new Worker(`${file}.js`, options);
  worker.unref();
  return worker;
}

function loadSource(file: string): string {
  const urlOf = (path: string) => JSON.stringify(pathToFileURL(path).href);
  const tsx = join(
    dirname(createRequire(import.meta.url).resolve('tsx/package.json')),
    'dist',
    'esm',
    'api',
    'index.mjs',
  );
  return `import(${urlOf(tsx)}).then(({ tsImport }) => tsImport(${urlOf(file)}, ${urlOf(file)}))`;
}

export function createDocumentQueue(mostWaiting = MOST_WAITING): (wanted: DocumentWanted) => Promise<File> {
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let current: Job | undefined;
  let timer: NodeJS.Timeout | undefined;

  function stopWorker(): void {
    const stopped = worker;
    worker = undefined;
    stopped?.removeAllListeners();
    // The thread ends by itself, and nobody waits for it any more.
    stopped?.on('error', () => {});
    void stopped?.terminate();
  }

  function settle(use: (job: Job) => void): void {
    clearTimeout(timer);
    const job = current;
    current = undefined;
    if (job !== undefined) use(job);
    next();
  }

  /** If the thread runs out of memory or time, only its own file fails. */
  function fail(error: Error): void {
    stopWorker();
    settle((job) => job.reject(error));
  }

  function next(): void {
    const job = waiting.shift();
    if (job === undefined) {
      timer = setTimeout(stopWorker, IDLE_MS).unref();
      return;
    }
    current = job;
    worker ??= startWorker()
      .on('message', (answer: Answer) =>
        settle(({ resolve, reject }) => ('file' in answer ? resolve(answer.file) : reject(new Error(answer.problem)))),
      )
      .on('error', fail)
      .on('exit', () => fail(new Error('the thread that makes files has ended')));
    timer = setTimeout(() => fail(new Error(`a file took longer than ${LONGEST_MS / 1000} s`)), LONGEST_MS);
    worker.postMessage(job.wanted);
  }

  return (wanted) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= mostWaiting) return reject(new TooManyDocuments('too many files are wanted at once'));
      waiting.push({ wanted, resolve, reject });
      if (current !== undefined) return;
      clearTimeout(timer);
      next();
    });
}

/** The single queue of the server. */
export const makeDocument = createDocumentQueue();
