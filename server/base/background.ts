/**
 * Background work. The list of what has to be done is in the database, so the work can stop at any moment and continue
 * later.
 */

export interface BackgroundWork {
  /** Does everything that is due. If it is already running, waits for that run to finish. */
  run(): Promise<void>;
  /** Stops after the piece that is in progress. */
  stop(): Promise<void>;
}

/** `doNext` does one piece and says whether there was one. `begin` is called before the first piece of each run. */
export function createBackgroundWork(doNext: () => Promise<boolean>, begin?: () => Promise<void>): BackgroundWork {
  let running: Promise<void> | undefined;
  let isStopped = false;
  async function doAll(): Promise<void> {
    await begin?.();
    while (!isStopped && (await doNext())) {
      // The next piece is looked for at once.
    }
  }
  return {
    run() {
      running ??= doAll().finally(() => {
        running = undefined;
      });
      return running;
    },
    async stop() {
      isStopped = true;
      await running?.catch(() => {});
    },
  };
}

/** Runs the work at regular intervals; what fails is tried again next time. Returns a function that stops it. */
export function startBackgroundWork(
  work: BackgroundWork,
  everyMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const timer = setInterval(() => work.run().catch(onError), everyMs);
  return () => {
    clearInterval(timer);
    return work.stop();
  };
}
