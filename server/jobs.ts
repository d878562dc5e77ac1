/** What the server does by itself, at regular intervals: removes what has expired, and writes checkpoints of the log. */
import type { Logger } from './monitoring/logger.ts';
import type { Store } from './store/store.ts';

const SWEEP_EVERY_MS = 10 * 60_000;
const CHECKPOINT_EVERY_MS = 5000;

interface JobNeeds {
  store: Store;
  clock: () => Date;
  log: Logger;
}

export interface Jobs {
  stop(): void;
  /** When the newest checkpoint was last written, or found to be up to date. */
  checkpointedAt(): Date;
}

export function startJobs({ store, clock, log }: JobNeeds): Jobs {
  let checkpointedAt = clock();
  const fail = (job: string) => (error: unknown) => log.error(`${job} failed`, { problem: String(error) });
  const sweep = () => {
    store.sessions.sweep().catch(fail('the sweep of sessions'));
    store.codes.sweep().catch(fail('the sweep of wrong codes'));
    store.clients.sweep().catch(fail('the sweep of calls'));
    store.people.sweep().catch(fail('the sweep of accounts'));
  };
  const writeCheckpoint = async () => {
    await store.checkpoints.write();
    checkpointedAt = clock();
  };
  // Once: the next start goes on with what is left.
  store.renewal.rest.run().catch(fail('the renewal of what is derived'));
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS);
  const checkpointing = setInterval(() => writeCheckpoint().catch(fail('the checkpoint')), CHECKPOINT_EVERY_MS);
  return {
    stop: () => {
      clearInterval(sweeping);
      clearInterval(checkpointing);
    },
    checkpointedAt: () => checkpointedAt,
  };
}
