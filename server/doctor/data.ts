/** Checks the database, its log, its backups, and the flows. */
import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { listBackups, readDescription } from '../backup/backup.ts';
import { instantOf } from '../backup/rotation.ts';
import type { Config } from '../config.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { type ContentFile, hashOfContent, NoContent, readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { proofProblems, proveAll } from '../flow/prove/all.ts';
import { describeHeads, refuseLost } from '../store/check-start.ts';
import { readKeys } from '../store/checkpoints.ts';
import { createCleaningDue } from '../store/cleaning-due.ts';
import { describeCopy } from '../store/copy.ts';
import type { Engine } from '../store/engine.ts';
import { newerTables, StoreProblem } from '../store/failure.ts';
import { describeDatabase } from '../store/in-service.ts';
import { NEWEST } from '../store/migrations.ts';
import { findServers, hashOfAuditKey } from '../store/other-servers.ts';
import { checkPeopleKey } from '../store/people-key.ts';
import { openSqlite } from '../store/sqlite.ts';
import { checkpointFiles, databaseFile, openEngine } from '../store/store.ts';
import { bad, type DoctorFinding, good, look } from './finding.ts';

const HOUR_MS = 3_600_000;
const OLDEST_BACKUP_HOURS = 26;

interface Examined {
  findings: DoctorFinding[];
  /** The newest instant in the log. */
  lastWritten?: string;
}

/** Only reads, and changes nothing. */
export async function checkDatabase(config: Config): Promise<Examined> {
  const file = databaseFile(config.dataDir);
  if (config.databaseUrl !== undefined) return checkServer(config, file);
  try {
    if (!existsSync(file)) {
      await refuseLost(checkpointFiles(file, config), { place: file, isSqlite: true }, () => true);
      return { findings: [good('database', 'there is none yet: it is made at the first start')] };
    }
    const { schema, lastAt, consultations } = describeCopy(file);
    const step = schema === NEWEST ? '' : `; its tables are brought from step ${schema} to ${NEWEST} at the next start`;
    const found = good(
      'database',
      `whole, ${consultations} consultations, ${Math.ceil(statSync(file).size / 1024)} KB${step}`,
    );
    const findings = [found, ...(await checkInService(config, file, schema))];
    return { findings, ...(lastAt !== undefined && { lastWritten: lastAt }) };
  } catch (error) {
    return {
      findings: [bad('database', (error as Error).message, 'see above; npm run restore proves the newest backup')],
    };
  }
}

/** For PostgreSQL: opening it checks that it can be reached, keeps what it acknowledges, and has our tables. */
async function checkServer(config: Config, file: string): Promise<Examined> {
  try {
    const { engine, place } = await openEngine({ ...config, file });
    try {
      const described = await describeDatabase(engine);
      if (described === undefined) {
        await refuseLost(checkpointFiles(file, config), { place, isSqlite: false }, () => true);
        return { findings: [good('database', `${place} is empty, and filled at the first start`)] };
      }
      const { schema, lastAt, consultations, bytes } = described;
      if (schema > NEWEST) throw newerTables(place, schema, NEWEST);
      const step = schema === NEWEST ? '' : `; its tables are at step ${schema}, and this version makes ${NEWEST}`;
      const words = `${place}, ${consultations} consultations, ${Math.ceil(bytes / 1024)} KB${step}`;
      const findings = [good('database', words), ...(await checkLog(config, engine, schema))];
      return { findings, ...(lastAt !== undefined && { lastWritten: lastAt }) };
    } finally {
      await engine.close();
    }
  } catch (error) {
    return { findings: [bad('database', (error as Error).message, 'see above, and "PostgreSQL" in docs/operate.md')] };
  }
}

async function checkInService(config: Config, file: string, schema: number): Promise<DoctorFinding[]> {
  const engine = openSqlite(file);
  try {
    return await checkLog(config, engine, schema);
  } finally {
    await engine.close();
  }
}

async function checkLog(config: Config, engine: Engine, schema: number): Promise<DoctorFinding[]> {
  if (schema < NEWEST) return [look('log', 'it is checked after the next start', 'run npm run verify then')];
  await engine.checkDurable();
  const found = await describeHeads(engine, config);
  const log =
    found === undefined
      ? good('log', 'it is the one whose newest head was signed; npm run verify reads all of it')
      : bad(
          'log',
          found.found,
          found.todo ??
            'run npm run verify; if other machines use this database, let all have one file of heads ("Several machines" in docs/operate.md); if not, look for who could write to the database or the heads',
        );
  const servers = checkServers(config, await findServers(engine, new Date()));
  return [log, await checkKeyOfPeople(config, engine), ...servers];
}

type RunningServers = Awaited<ReturnType<typeof findServers>>;

/** Several servers on the same database should have the same keys, and run the same program and guidance. */
function checkServers({ flowsDir, keyFile }: Config, servers: RunningServers): DoctorFinding[] {
  if (servers.length === 0) return [];
  const { key } = readKeys(keyFile);
  const others = servers.filter((one) => key !== undefined && one.audit_key !== hashOfAuditKey(key));
  const differ = (column: 'program' | 'guidance') => new Set(servers.map((one) => one[column])).size > 1;
  const todo = 'unless a rolling restart is under way, install the same on all of them';
  const number = servers.length === 1 ? 'one is there' : `${servers.length} are there`;
  if (others.length > 0)
    return [
      bad(
        'servers',
        `${number}, and ${others.length} of them have another key of the audit than ${keyFile}`,
        'give DATA_DIR and AUDIT_KEY_FILE as those servers have them; see "Several machines" in docs/operate.md',
      ),
    ];
  if (differ('guidance'))
    return [
      bad('servers', `${number}, and they do not have the same guidance${describeGuidance(flowsDir, servers)}`, todo),
    ];
  if (differ('program')) return [look('servers', `${number}, and they are not of the same version`, todo)];
  return [good('servers', number)];
}

/** Which of them have the content that is here, so that it is known where to look. */
function describeGuidance(flowsDir: string, servers: RunningServers): string {
  const files = readOrSay(flowsDir);
  if ('state' in files) return '';
  const guidance = hashOfContent(files);
  const others = servers.filter((one) => one.guidance !== guidance);
  const since = others.map((one) => one.since).join(', ');
  return `; with that of ${resolve(flowsDir)}: ${servers.length - others.length}; with another: ${others.length}, there since ${since}`;
}

async function checkKeyOfPeople({ dataDir }: Config, { read }: Engine): Promise<DoctorFinding> {
  const subject = 'key of people';
  try {
    const { sealed, opened } = await read((db) => checkPeopleKey(db, dataDir));
    if (sealed === 0) return good(subject, 'nothing is sealed with it yet');
    if (opened < sealed)
      return look(
        subject,
        `it opens ${opened} of ${sealed} that were sealed: the others were sealed with another key`,
        'whoever is not known with their app signs in with a recovery code, or is invited anew; give webhooks new secrets',
      );
    return good(subject, 'it opens what was sealed with it; keep a copy of it beside your backups, not in them');
  } catch (error) {
    if (error instanceof StoreProblem) return bad(subject, error.found, error.todo);
    throw error;
  }
}

export function checkBackups({ backup, dataDir }: Config, now: Date): DoctorFinding[] {
  const todo = 'run npm run backup every night, by a timer; see docs/operate.md';
  const [newest] = listBackups(backup.folder);
  if (newest === undefined) return [bad('backup', `there is none in ${backup.folder}`, todo)];
  const hours = Math.floor((now.getTime() - Date.parse(instantOf(basename(newest)) ?? '')) / HOUR_MS);
  const says = `the newest is ${hours} hours old: ${newest}`;
  const isSameDisk = statSync(backup.folder).dev === statSync(dataDir).dev;
  return [
    hours <= OLDEST_BACKUP_HOURS ? good('backup', says) : bad('backup', says, todo),
    readDescription(newest)?.encrypted
      ? good('backup key', 'it is encrypted')
      : look(
          'backup key',
          'it is not encrypted',
          'set BACKUP_RECIPIENTS, and keep the secret key away from this server',
        ),
    ...(isSameDisk
      ? [look('backup disk', 'it stands on the disk of the database', 'set BACKUP_DIR to another disk')]
      : []),
  ];
}

/** What was erased should be removed from the last page of the file within this time. */
const CLEAN_WITHIN_DAYS = 31;

export function checkErasure({ dataDir }: Config, now: Date): DoctorFinding[] {
  const since = createCleaningDue(databaseFile(dataDir)).dueSince();
  if (since === undefined) return [];
  const days = Math.floor((now.getTime() - Date.parse(since)) / (24 * HOUR_MS));
  const says = `texts were erased ${days} days ago, and the database was not cleaned since`;
  const todo = 'run npm run erase -- --clean';
  return [days <= CLEAN_WITHIN_DAYS ? look('erasure', says, todo) : bad('erasure', says, todo)];
}

function readOrSay(flowsDir: string): ContentFile[] | DoctorFinding {
  try {
    return readFolder(flowsDir);
  } catch (error) {
    if (error instanceof NoContent) return bad('flows', error.found, 'look at FLOWS_DIR');
    throw error;
  }
}

export function checkFlows({ flowsDir }: Config, today: string): DoctorFinding[] {
  const files = readOrSay(flowsDir);
  if ('state' in files) return [files];
  const { library, problems } = loadLibrary(files, today);
  const found = hasErrors(problems) ? problems : [...problems, ...proofProblems(proveAll(library, today))];
  const todo = 'mend it; the server does not start on broken flows';
  if (found.length > 0) return found.map((problem) => bad('flows', describeProblem(problem), todo));
  const flows = [...library.areas.values()].reduce((sum, { flows: own }) => sum + own.size, 0);
  return [good('flows', `${flows} flows of ${library.areas.size - 1} areas are read and proved`)];
}
