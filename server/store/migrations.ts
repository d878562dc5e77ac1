/**
 * The migrations. A released migration is never edited: a change is a new one at the end. The chain depends on
 * `entries.seq` and on the exact text of `entries.body`. Erasure replaces one trigger by another that allows what an
 * erasure has logged.
 */

import type { Macs } from '../audit/mac.ts';
import { indexAbsences } from './absences.ts';
import { indexRefused, indexRestores } from './access-log.ts';
import { noteAccountStates } from './account-baseline.ts';
import { makeAudit, makeNewestHead, makeTree } from './audit-tables.ts';
import { makeClientMinutes, makeClients } from './client-tables.ts';
import { indexExpiry } from './codes.ts';
import {
  describeDanger,
  describeForTriage,
  indexChildWords,
  indexMarkedWords,
  indexSearches,
  indexSounds,
  listWords,
  makeDesk,
  markWorked,
  nameChildren,
  showNews,
} from './desk-tables.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import { StoreProblem } from './failure.ts';
import { makeFigures } from './figures.ts';
import { makeHandoverSheets } from './handover-sheets.ts';
import { addClientMacs, addHandoverSheetMacs, addMacs, addRowSums, addVisitMacs } from './mac-columns.ts';
import { indexMails, makeMails } from './mails.ts';
import { makeNumberReports } from './number-reports.ts';
import { makeServers } from './other-servers.ts';
import { noteNumberReports, noteOutbox } from './outbox.ts';
import { makePathways } from './pathways.ts';
import { indexDrafts, makePeople, nameDrafts } from './people-tables.ts';
import { makeOpenPages } from './presence.ts';
import { indexErasedAlone, indexErasures, makeRetention } from './retention-tables.ts';
import { divideByDays } from './row-sums.ts';
import type { Database } from './tables.ts';
import { addTallyMacs, indexTallies } from './tallies.ts';

interface Migration {
  name: string;
  up(db: Database, definitions: TableDefinitions, at: string, macs: Macs | undefined): Promise<void>;
}

const MIGRATIONS: Migration[] = [
  { name: 'consultations and their entries', up: makeConsultations },
  { name: 'flow versions', up: makeFlowVersions },
  { name: 'browsers and return codes', up: makeHolders },
  { name: 'tallies and pulse', up: makeTallies },
  { name: 'people of the duty desks', up: makePeople },
  { name: 'the duty desk', up: makeDesk },
  { name: 'looks and the chain', up: makeAudit },
  { name: 'the figures', up: makeFigures },
  { name: 'mails that wait', up: makeMails },
  { name: 'how long it is kept', up: makeRetention },
  { name: 'mails that wait are found at once', up: indexMails },
  { name: 'refused sign-ins are found at once', up: indexRefused },
  { name: 'what worked is found', up: markWorked },
  { name: 'what a triage worker asks first', up: describeForTriage },
  { name: 'the state of each account', up: noteAccountStates },
  { name: 'text is kept as it is typed', up: nameDrafts },
  { name: 'the newest head', up: makeNewestHead },
  { name: 'several children in one consultation', up: nameChildren },
  { name: 'hand-over sheets', up: makeHandoverSheets },
  { name: 'absences are found at once', up: indexAbsences },
  { name: 'drafts are found in any browser', up: indexDrafts },
  { name: 'the tree over the log', up: makeTree },
  { name: 'pathways of the specialist teams', up: makePathways },
  { name: 'case systems that use the interface', up: makeClients },
  { name: 'numbers that readers say are wrong', up: makeNumberReports },
  { name: 'names that sound alike are found at once', up: indexSounds },
  { name: 'consultations are found by level, state and worker at once', up: indexSearches },
  { name: 'marks of the key of the audit', up: addMacs },
  { name: 'children are found by the beginning of a word', up: indexChildWords },
  { name: 'marks of the clients of the interface', up: addClientMacs },
  { name: 'marks of the sheets that are being written', up: addHandoverSheetMacs },
  { name: 'the log says what is to be sent', up: noteOutbox },
  { name: 'marks of the counts of conversations', up: addTallyMacs },
  { name: 'restores are found at once', up: indexRestores },
  { name: 'the log says which numbers are said to be wrong', up: noteNumberReports },
  { name: 'who has a page open', up: makeOpenPages },
  { name: 'what is advised before the end, and danger in words', up: describeDanger },
  { name: 'new information beside a dispute', up: showNews },
  { name: 'how often case systems call, whichever server', up: makeClientMinutes },
  { name: 'which servers there are', up: makeServers },
  { name: 'what is erased is found at once', up: indexErasures },
  { name: 'marks of when a session was seen', up: addVisitMacs },
  { name: 'what rows come to', up: addRowSums },
  { name: 'counts that were noted are found at once', up: indexTallies },
  { name: 'the search for what the desk was never asked goes on where it ended', up: indexErasedAlone },
  { name: 'a search reads the rows of its own area', up: indexMarkedWords },
  { name: 'codes that have expired are found at once', up: indexExpiry },
  { name: 'what hand-over sheets come to is kept by days', up: divideByDays },
  { name: 'words are looked up by how they begin', up: listWords },
];

export const NEWEST = MIGRATIONS.length;

interface Migrating {
  file: string;
  now: () => string;
  /** Not needed for an empty database. */
  macs?: Macs;
  /** The migration to stop after, to make a database like that of an earlier version; the newest by default. */
  upTo?: number;
}

/** Runs the missing migrations, each in a transaction. Two servers may start at the same time. */
export async function migrate(
  engine: Pick<Engine, 'write' | 'definitions'>,
  { file, now, macs, upTo = NEWEST }: Migrating,
): Promise<void> {
  await engine.write((db) =>
    db.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute(),
  );
  for (const [index, migration] of MIGRATIONS.slice(0, upTo).entries())
    await engine.write(async (db) => {
      const done = await readDone(db);
      const newest = Math.max(0, ...done);
      if (newest > NEWEST) throw newerSchema(file, newest);
      if (done.has(index + 1)) return;
      const at = now();
      await migration.up(db, engine.definitions, at, macs);
      await db
        .insertInto('migrations')
        .values({ number: index + 1, name: migration.name, at })
        .execute();
    });
}

/** Numbers of the migrations that this database has had. */
async function readDone(db: Database): Promise<ReadonlySet<number>> {
  const rows = await db.selectFrom('migrations').select('number').execute();
  return new Set(rows.map(({ number }) => number));
}

function newerSchema(file: string, done: number): StoreProblem {
  return new StoreProblem(
    `The database ${file} was made by a newer Front Door: its tables are at step ${done}`,
    `step ${NEWEST} or lower`,
    'start the newer version again, or restore the backup that was made before it was installed',
  );
}

async function makeConsultations(db: Database, { counter, strict, refuseChanges, countWithoutGap }: TableDefinitions) {
  await strict(
    db.schema
      .createTable('consultations')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('reference', 'text', (column) => column.notNull().unique())
      .addColumn('area', 'text', (column) => column.notNull())
      .addColumn('flow', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'text', (column) => column.notNull()),
  ).execute();
  await strict(
    db.schema
      .createTable('entries')
      .addColumn('seq', 'integer', counter)
      .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'))
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addUniqueConstraint('entries_numbered', ['consultation', 'number']),
  ).execute();
  await refuseChanges(db, 'consultations', 'id', 'reference');
  await refuseChanges(db, 'entries', 'seq');
  await countWithoutGap(db, 'entries');
}

async function makeFlowVersions(db: Database, { strict, refuseChanges }: TableDefinitions) {
  await strict(
    db.schema
      .createTable('flow_versions')
      .addColumn('version', 'text', (column) => column.primaryKey().notNull())
      .addColumn('area', 'text', (column) => column.notNull())
      .addColumn('flow', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('first_used_at', 'text', (column) => column.notNull()),
  ).execute();
  await refuseChanges(db, 'flow_versions', 'version');
}

async function makeHolders(db: Database, { counter, strict }: TableDefinitions) {
  await strict(
    db.schema
      .createTable('sessions')
      .addColumn('token_hash', 'text', (column) => column.primaryKey().notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull()),
  ).execute();
  await db.schema.createIndex('sessions_seen').on('sessions').column('seen_at').execute();
  await strict(
    db.schema
      .createTable('holders')
      .addColumn('token_hash', 'text', (column) =>
        column.notNull().references('sessions.token_hash').onDelete('cascade'),
      )
      .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'))
      .addColumn('since', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('holders_key', ['token_hash', 'consultation']),
  ).execute();
  await strict(
    db.schema
      .createTable('return_codes')
      .addColumn('seq', 'integer', counter)
      .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'))
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('made_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addColumn('used_at', 'text')
      .addColumn('replaced_at', 'text'),
  ).execute();
  await db.schema.createIndex('return_codes_of').on('return_codes').column('consultation').execute();
  await strict(
    db.schema
      .createTable('wrong_codes')
      .addColumn('seq', 'integer', counter)
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull()),
  ).execute();
  await db.schema.createIndex('wrong_codes_by_reference').on('wrong_codes').columns(['reference', 'at']).execute();
  await db.schema.createIndex('wrong_codes_by_address').on('wrong_codes').columns(['address', 'at']).execute();
}

async function makeTallies(db: Database, { strict }: TableDefinitions) {
  await strict(
    db.schema
      .createTable('tallies')
      .addColumn('area', 'text', (column) => column.notNull())
      .addColumn('end', 'text', (column) => column.notNull())
      .addColumn('week', 'text', (column) => column.notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('tallies_key', ['area', 'end', 'week']),
  ).execute();
  await strict(
    db.schema
      .createTable('pulse')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull()),
  ).execute();
}
