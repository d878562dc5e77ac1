/**
 * Metrics of the running server in Prometheus' text format, named as Prometheus advises. Labels contain routes and
 * never addresses, and nothing that identifies a person or a child's case.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createRequestFigures, type RequestMeasured } from './request-figures.ts';

/** Bucket bounds in seconds. A page takes milliseconds, so the steps are fine there. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export type SignInOutcome = 'accepted' | 'refused' | 'slowed down';

/** Measurements that are taken anew for each scrape. */
export interface Levels {
  /** Consultations in the queue, for each area. */
  queue: readonly { area: string; count: number; oldestSeconds: number }[];
  drafts: number;
  mails: { waiting: number; failed: number };
  databaseBytes: number;
  diskFreeBytes: number;
  /** Age of the newest signed checkpoint while log lines are waiting for one; 0 if none is waiting. */
  checkpointAgeSeconds: number;
  ready: boolean;
}

/** Everything that is counted while the server works. */
export interface Metrics {
  request(measured: RequestMeasured): void;
  /** `works`: how many transactions shared the commit. */
  commit(works: number, seconds: number): void;
  signIn(outcome: SignInOutcome): void;
}

export interface ServedMetrics extends Metrics {
  /** The text for Prometheus. */
  render(levels: Levels): Promise<string>;
  contentType: string;
}

/**
 * Memory, garbage collection and the event loop belong to the process, so they are watched only once, however many apps
 * it serves.
 */
let ofProcess: Registry | undefined;

function watchProcess(): Registry {
  if (ofProcess !== undefined) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

export function createMetrics(): ServedMetrics {
  const register = new Registry();
  const processRegister = watchProcess();
  const events = createEvents(register);
  const gauges = createGauges(register);
  const requests = createRequestFigures(register, SECONDS);
  return {
    request: requests.add,
    commit: (works, seconds) => {
      events.commits.inc();
      events.transactions.inc(works);
      events.commitSeconds.observe(seconds);
    },
    signIn: (outcome) => events.signIns.inc({ outcome }),
    render: async (levels) => {
      setGauges(gauges, levels);
      return `${await processRegister.metrics()}\n${await register.metrics()}`;
    },
    contentType: register.contentType,
  };
}

function createEvents(register: Registry) {
  const registers = [register];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Histogram({ name, help, labelNames, registers, buckets: SECONDS });
  return {
    commits: counter('frontdoor_store_commits_total', 'Commits that are on the disk.'),
    transactions: counter('frontdoor_store_transactions_total', 'Transactions in these commits.'),
    commitSeconds: histogram(
      'frontdoor_store_commit_duration_seconds',
      'Time of a commit, with the wait for the disk.',
    ),
    signIns: counter('frontdoor_sign_ins_total', 'Tries to sign in.', ['outcome']),
  };
}

type Gauges = ReturnType<typeof createGauges>;

function createGauges(register: Registry) {
  const registers = [register];
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  return {
    queue: gauge('frontdoor_queue_consultations', 'Consultations that nobody has closed, on the queue.', ['area']),
    oldest: gauge('frontdoor_queue_oldest_seconds', 'Since the oldest unclaimed consultation was asked.', ['area']),
    drafts: gauge('frontdoor_drafts', 'Texts that are typed and not sent.'),
    mails: gauge('frontdoor_mails', 'Mails that are not sent.', ['state']),
    database: gauge('frontdoor_database_bytes', 'Size of the database, with its write-ahead log.'),
    disk: gauge('frontdoor_disk_free_bytes', 'Free space where the database stands.'),
    checkpoint: gauge(
      'frontdoor_checkpoint_age_seconds',
      'How long lines of the log have waited for a signed checkpoint.',
    ),
    ready: gauge('frontdoor_ready', '1 if the server can read, save and vouch for its log.'),
  };
}

function setGauges(gauges: Gauges, levels: Levels): void {
  for (const { area, count, oldestSeconds } of levels.queue) {
    gauges.queue.set({ area }, count);
    gauges.oldest.set({ area }, oldestSeconds);
  }
  gauges.drafts.set(levels.drafts);
  gauges.mails.set({ state: 'waiting' }, levels.mails.waiting);
  gauges.mails.set({ state: 'failed' }, levels.mails.failed);
  gauges.database.set(levels.databaseBytes);
  gauges.disk.set(levels.diskFreeBytes);
  gauges.checkpoint.set(levels.checkpointAgeSeconds);
  gauges.ready.set(levels.ready ? 1 : 0);
}
