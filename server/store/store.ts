/** Opens the database. The store has one property for each kind of data. No SQL is written outside this folder. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createMacs, type Macs, rememberFits } from '../audit/mac.ts';
import { type AccessLog, createAccessLog } from './access-log.ts';
import { type Chain, createChain } from './chain.ts';
import { checkStart, hasNoTables, isEmptyFile, refuseLost, refuseOtherKeyAtStart } from './check-start.ts';
import { type CheckpointFiles, type Checkpoints, openAuditKey, openCheckpoints, readLastHead } from './checkpoints.ts';
import { createCleaningDue } from './cleaning-due.ts';
import { type Clients, createClients } from './clients.ts';
import { type Codes, createCodes } from './codes.ts';
import { type Consultations, createConsultations } from './consultations.ts';
import { createDeliveries, type Deliveries, projectDeliveries } from './deliveries.ts';
import type { Engine } from './engine.ts';
import { createErasedList } from './erased-list.ts';
import { createErasing, type Erasing } from './erasing.ts';
import { cannotOpen, StoreUnavailable } from './failure.ts';
import { createFigures, type Figures } from './figures.ts';
import { createHandoverSheets, type HandoverSheets } from './handover-sheets.ts';
import { checkHealth, type Health } from './health.ts';
import { readLevels, type StoreLevels } from './levels.ts';
import { createLog, type Log, updateProjections } from './log.ts';
import { createMails, type Mails, projectMails } from './mails.ts';
import { migrate } from './migrations.ts';
import { createNumberReports, type NumberReports } from './number-reports.ts';
import { createOtherServers, type OtherServers, refuseOtherAuditKey } from './other-servers.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPathwayLines, type PathwayLines } from './pathways.ts';
import { createPeople, type People } from './people.ts';
import { createPeopleKeys, type PeopleKeys } from './people-key.ts';
import { createPresence, type Presence } from './presence.ts';
import { projectDerived } from './projections.ts';
import { createProofs, type Proofs } from './proofs.ts';
import { createQueueRows, type QueueRows } from './queue-rows.ts';
import { createReadAndLog, type ReadAndLog } from './read-and-log.ts';
import { createRenewal, type Renewal } from './renewal.ts';
import { createRetentionLines, type RetentionLines } from './retention.ts';
import { createReview, type Review } from './review.ts';
import { createRowSums, type RowSums } from './row-sums.ts';
import { createSessions, type SessionLimits, type Sessions } from './sessions.ts';
import { openSqlite, type SqliteOptions } from './sqlite.ts';
import { createTallies, type Tallies } from './tallies.ts';
import { createTallyMarks, readMarkedChanges, type TallyMarks } from './tally-mark.ts';
import { createVersions, type Versions } from './versions.ts';

/** By default, the two files of the audit are kept beside the database. */
export interface StoreOptions extends SqliteOptions, Partial<CheckpointFiles> {
  /** Path of the SQLite database. With PostgreSQL, its folder still holds the files of the audit. */
  file: string;
  /** URL of a PostgreSQL database, which replaces the SQLite file. */
  databaseUrl?: string | undefined;
  clock: () => Date;
  /** How long a browser keeps its consultations; 12 hours (a working day) by default. */
  sessionLimits?: SessionLimits;
  random?: (bytes: number) => Buffer;
  /** Why the database may be older than its checkpoints: the reason for restoring a backup. */
  restored?: string | undefined;
  /** Whether the desk of an area gets mails; by default no desk does. */
  hasMail?: (area: string) => boolean;
}

export interface Store {
  log: Log;
  consultations: Consultations;
  versions: Versions;
  sessions: Sessions;
  codes: Codes;
  tallies: Tallies;
  rowSums: RowSums;
  review: Review;
  people: People;
  queueRows: QueueRows;
  presence: Presence;
  chain: Pick<Chain, 'head'>;
  checkpoints: Checkpoints;
  accessLog: AccessLog;
  readAndLog: ReadAndLog;
  figures: Figures;
  mails: Mails;
  clients: Clients;
  deliveries: Deliveries;
  numberReports: NumberReports;
  retention: RetentionLines;
  pathways: PathwayLines;
  erasing: Erasing;
  handoverSheets: HandoverSheets;
  proofs: Proofs;
  renewal: Renewal;
  otherServers: OtherServers;
  peopleKeys: PeopleKeys;
  /** Reads something, and writes something. */
  health(): Promise<Health>;
  levels(): Promise<StoreLevels>;
  /** Writes a complete, checked copy to a new file while the store is in use. */
  backup(toFile: string): Promise<void>;
  close(): Promise<void>;
}

const WORKING_DAY: SessionLimits = { idleHours: 12, mostHours: 12 };

export function checkpointFiles(file: string, { keyFile, headsFile }: Partial<CheckpointFiles> = {}): CheckpointFiles {
  const folder = dirname(file);
  return {
    keyFile: keyFile ?? join(folder, 'audit-key.pem'),
    headsFile: headsFile ?? join(folder, 'audit-heads.jsonl'),
  };
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'front-door.sqlite');
}

/** `place`: the database's address, for messages. Throws `StoreProblem`. */
export async function openEngine(
  options: Pick<StoreOptions, 'file' | 'databaseUrl' | keyof SqliteOptions>,
): Promise<{ engine: Engine; place: string }> {
  const { file, databaseUrl } = options;
  if (databaseUrl === undefined) return { engine: openSqlite(file, options), place: file };
  // Loaded only when needed: most installations do not use PostgreSQL, and start sooner without it.
  const { openPostgres, placeOf } = await import('./postgres.ts');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return { engine: await openPostgres(databaseUrl, options), place: placeOf(databaseUrl) };
}

/** Throws `StoreProblem` if the database cannot be opened safely. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const files = checkpointFiles(options.file, options);
  const { file, databaseUrl } = options;
  const isSqlite = databaseUrl === undefined;
  if (isSqlite) await refuseLost(files, { place: file, isSqlite }, () => isEmptyFile(file));
  const { engine, place } = await openEngine(options);
  try {
    if (!isSqlite) await refuseLost(files, { place, isSqlite }, () => hasNoTables(engine));
    const key = openAuditKey(files);
    const macs = createMacs(key);
    if (options.restored === undefined) await refuseOtherKeyAtStart(engine, files);
    await migrate(engine, { file: place, now: () => options.clock().toISOString(), macs });
    await engine.checkDurable();
    await refuseOtherAuditKey(engine, { key, keyFile: files.keyFile, now: options.clock() });
    const store = createStore(engine, options);
    const { restored } = options;
    const { accessLog, rowSums } = store;
    const accepted = await checkStart({ engine, accessLog, rowSums, files, restored });
    await store.renewal.renewOpen();
    await goIntoService(store, files, accepted);
    // A restored backup may contain consultations that were erased after the backup was made.
    if (accepted) await store.erasing.eraseAgain();
    return store;
  } catch (error) {
    await engine.close();
    throw error instanceof StoreUnavailable ? cannotOpen(error) : error;
  }
}

/**
 * Signs the current state. After a change of the audit key, the counts get new MACs, because the old ones are no longer
 * valid.
 */
async function goIntoService({ checkpoints, tallies, rowSums }: Store, files: CheckpointFiles, accepted: boolean) {
  const isFirst = readLastHead(files.headsFile) === undefined;
  if (accepted) await rowSums.sumAnew(readMarkedChanges(files));
  const head = await checkpoints.write(accepted);
  if (!isFirst || (head?.macFrom ?? 0) === 0) return;
  await tallies.markAnew();
  await rowSums.sumAnew({});
}

/** The chained log, and the checkpoints that sign it. */
function createSignedLog(
  engine: Engine,
  clock: () => Date,
  random: NonNullable<StoreOptions['random']>,
  auditFiles: CheckpointFiles,
) {
  const key = openAuditKey(auditFiles);
  const macs = createMacs(key);
  const macFrom = () => checkpoints.newest()?.macFrom ?? 0;
  const chain = createChain(engine, { random, mac: macs.line, macFrom });
  const checkpoints = openCheckpoints(auditFiles, { engine, head: chain.head, clock, mac: macs.line }, key);
  return { key, macs, chain, checkpoints };
}

interface Counted {
  checkpoints: Checkpoints;
  tallies: Tallies;
  tallyMarks: TallyMarks;
  rowSums: RowSums;
}

interface Counting {
  accessLog: AccessLog;
  clock: () => Date;
  macs: Macs;
}

/** The counts that are kept beside the log. The log records them from time to time. */
function createCounts(engine: Engine, { accessLog, clock, macs }: Counting, { headsFile }: CheckpointFiles) {
  const tallies = createTallies(engine, { accessLog, clock, mac: macs.tally });
  const rowSums = createRowSums({ engine, accessLog, clock, mac: macs.rowSum });
  const { countAll } = tallies;
  const { readChanges } = rowSums;
  const tallyMarks = createTallyMarks({ headsFile, clock, mac: macs.tally, countAll, readChanges });
  return { tallies, rowSums, tallyMarks };
}

/**
 * `accepted`: an operator has accepted the findings, as for a checkpoint. `now`: records everything at once, because
 * the server is stopping.
 */
async function signWithCounts({ checkpoints, tallies, tallyMarks, rowSums }: Counted, how?: 'accepted' | 'now') {
  const when = how === 'now' ? how : undefined;
  await tallies.note(when);
  await rowSums.note(when);
  const head = await checkpoints.write(how === 'accepted');
  await tallyMarks.keep(head?.position ?? 0, how);
  return head;
}

/** Creates the store over an open, migrated database. */
export function createStore(
  engine: Engine,
  { file, clock, sessionLimits = WORKING_DAY, random = randomBytes, hasMail = () => false, ...files }: StoreOptions,
): Store {
  const now = () => clock().toISOString();
  const auditFiles = checkpointFiles(file, files);
  const { key, macs, chain, checkpoints } = createSignedLog(engine, clock, random, auditFiles);
  const erasedList = createErasedList(auditFiles.headsFile, macs.erased);
  const makeId = () => random(16).toString('base64url');
  const versions = createVersions(engine, now);
  const accessLog = createAccessLog(engine, chain, now);
  const outbox = createOutbox(accessLog);
  const project = updateProjections(
    projectDerived(versions, engine.dialect),
    projectMails(hasMail, { outbox, clock, makeId }),
    projectDeliveries(outbox, now, makeId),
  );
  const counts = createCounts(engine, { accessLog, clock, macs }, auditFiles);
  const { tallies, rowSums } = counts;
  const renewal = createRenewal(engine, projectDerived(versions, engine.dialect));
  const otherServers = createOtherServers(engine, { clock, id: makeId(), auditKey: key });
  const checked = { ...macs, browser: rememberFits(macs.browser), holder: rememberFits(macs.holder) };
  const sessions = createSessions({ engine, clock, limits: sessionLimits, macs: checked });
  return {
    log: createLog(engine, chain, now, project),
    consultations: createConsultations({ engine, chain, sessions, mac: checked.holder, now, makeId, project }),
    versions,
    sessions,
    codes: createCodes({ engine, sessions, clock, mac: macs.returnCode, attempts: macs.attempt, rowSums }),
    tallies,
    rowSums,
    ...createDeskLists(engine),
    ...createMessages(engine, { accessLog, outbox, clock, makeId, mac: macs.client, rowSums }),
    people: createPeople({ engine, chain, macs, clock, random, rowSums }),
    presence: createPresence(engine, clock),
    chain,
    checkpoints: {
      ...checkpoints,
      write: (accepted) => signWithCounts({ checkpoints, ...counts }, accepted ? 'accepted' : undefined),
    },
    accessLog,
    readAndLog: createReadAndLog(engine, accessLog),
    erasing: createErasing({ engine, accessLog, cleaning: createCleaningDue(file), erasedList, now, rowSums }),
    proofs: createProofs(engine, accessLog, checkpoints),
    levels: () => readLevels(engine, file),
    health: () => checkHealth(engine, { file, files: auditFiles, now }),
    handoverSheets: createHandoverSheets({ engine, now, mac: macs.handoverSheetField, rowSums }),
    backup: engine.backup,
    renewal,
    otherServers,
    peopleKeys: createPeopleKeys(engine, accessLog),
    close: () => goOutOfService(engine, { renewal, otherServers, checkpoints, ...counts }),
  };
}

/** What the desk reads that follows from the entries. */
function createDeskLists(engine: Engine) {
  return {
    review: createReview(engine),
    queueRows: createQueueRows(engine),
    figures: createFigures(engine),
    retention: createRetentionLines(engine),
    pathways: createPathwayLines(engine),
  };
}

interface MessageParts {
  accessLog: AccessLog;
  outbox: Outbox;
  clock: () => Date;
  makeId: () => string;
  mac: Macs['client'];
  rowSums: RowSums;
}

/** What goes out (mails, calls to case systems, and who gets them), and what anybody reports. */
function createMessages(engine: Engine, { accessLog, outbox, clock, makeId, mac, rowSums }: MessageParts) {
  return {
    numberReports: createNumberReports(engine, outbox, clock),
    clients: createClients(engine, accessLog, { clock, makeId, mac, rowSums }),
    deliveries: createDeliveries(engine, { outbox, clock, mac }),
    mails: createMails(engine, { outbox, clock, makeId }),
  };
}

type OutOfService = Pick<Store, 'renewal' | 'otherServers'> & Counted;

async function goOutOfService(engine: Engine, { renewal, otherServers, ...counted }: OutOfService): Promise<void> {
  await renewal.rest.stop();
  await otherServers.leave().catch(() => {});
  // If this fails, it is written at the next start.
  await signWithCounts(counted, 'now').catch(() => {});
  await engine.close();
}
