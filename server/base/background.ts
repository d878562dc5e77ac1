/** Work that goes on beside the requests. What there is to do stands in the database, so it can stop at any moment and go on later. */

export interface BackgroundWork {
  /** Does all that is due; a second call while it runs waits for the first. */
  run(): Promise<void>;
  /** Stops after the piece that is being done. */
  stop(): Promise<void>;
}

/** `doNext` does one piece, and says whether there was one. `begin` comes before the first of each run. */
export function createBackgroundWork(doNext: () => Promise<boolean>, begin?: () => Promise<void>): BackgroundWork {
  let running: Promise<void> | undefined;
  let isStopped = false;
  async function doAll(): Promise<void> {
    await begin?.();
    while (!isStopped && (await doNext())) {
      // The next one is looked for at once.
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

/** Runs it every so often; what fails is tried again next time. Returns a function that stops it. */
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
