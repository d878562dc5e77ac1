/**
 * What the server does by itself at regular intervals: deletes what has expired, writes checkpoints of the log, and
 * tells other servers on the same database that it is running.
 */
import type { Logger } from './monitoring/logger.ts';
import { type DifferingServer, SEEN_EVERY_MS } from './store/other-servers.ts';
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
    store.codes.sweep().catch(fail('the sweep of codes'));
    store.clients.sweep().catch(fail('the sweep of calls'));
    store.people.sweep().catch(fail('the sweep of accounts'));
  };
  const writeCheckpoint = async () => {
    await store.checkpoints.write();
    checkpointedAt = clock();
  };
  const told = new Set<string>();
  const stay = async () => tellDifferent(await store.otherServers.stay(), told, log);
  // Runs once; the next start continues with what is left.
  store.renewal.rest.run().catch(fail('the renewal of what is derived'));
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS);
  const checkpointing = setInterval(() => writeCheckpoint().catch(fail('the checkpoint')), CHECKPOINT_EVERY_MS);
  const staying = setInterval(() => stay().catch(fail('the note that this server is there')), SEEN_EVERY_MS);
  return {
    stop: () => {
      clearInterval(staying);
      clearInterval(sweeping);
      clearInterval(checkpointing);
    },
    checkpointedAt: () => checkpointedAt,
  };
}

const DIFFERENT: Record<DifferingServer['what'], string> = {
  program: 'another server on this database is another version: install the same on all of them',
  guidance:
    'another server on this database has other guidance, so people get different advice: install the same on all of them',
};

/** Reports each other server only once. */
function tellDifferent(found: readonly DifferingServer[], told: Set<string>, log: Logger): void {
  for (const { id, since, what } of found) {
    const key = `${what} ${id}`;
    if (told.has(key)) continue;
    told.add(key);
    log.error(DIFFERENT[what], { since });
  }
}
