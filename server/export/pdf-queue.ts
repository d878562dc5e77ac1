/**
 * PDFs are made in another thread: a long record takes seconds, and everybody else would wait. The queue has an end, so that a flood of them
 * neither fills the memory nor makes those wait for minutes who come later. The thread starts with the first PDF and ends when none is wanted.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ConsultationRecord } from '../consultation/record.ts';

const MOST_WAITING = 20;
/** The longest record that there can be takes about ten seconds. */
const LONGEST_MS = 60_000;
const IDLE_MS = 60_000;
const MOST_MEMORY_MB = 512;

/** As many wait as may. */
export class TooManyPdfs extends Error {}

interface Job {
  record: ConsultationRecord;
  resolve(pdf: Uint8Array<ArrayBuffer>): void;
  reject(error: Error): void;
}

type Answer = { pdf: Uint8Array<ArrayBuffer> } | { problem: string };

/** Beside this file, in the sources and in `dist` alike. A thread does not take over how the main one reads TypeScript. */
function startWorker(): Worker {
  const file = join(import.meta.dirname, 'pdf-worker');
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

export function createPdfQueue(
  mostWaiting = MOST_WAITING,
): (record: ConsultationRecord) => Promise<Uint8Array<ArrayBuffer>> {
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let current: Job | undefined;
  let timer: NodeJS.Timeout | undefined;

  function stopWorker(): void {
    const stopped = worker;
    worker = undefined;
    stopped?.removeAllListeners();
    // Ends on its own: nobody waits for it any more.
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

  /** A thread that ran out of memory or time takes only its own PDF with it. */
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
        settle(({ resolve, reject }) => ('pdf' in answer ? resolve(answer.pdf) : reject(new Error(answer.problem)))),
      )
      .on('error', fail)
      .on('exit', () => fail(new Error('the thread that makes PDFs has ended')));
    timer = setTimeout(() => fail(new Error(`a PDF took longer than ${LONGEST_MS / 1000} s`)), LONGEST_MS);
    worker.postMessage(job.record);
  }

  return (record) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= mostWaiting) return reject(new TooManyPdfs('too many PDFs are wanted at once'));
      waiting.push({ record, resolve, reject });
      if (current !== undefined) return;
      clearTimeout(timer);
      next();
    });
}
