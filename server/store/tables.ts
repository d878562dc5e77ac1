/**
 * The tables as the queries see them. Instants are texts in ISO 8601, in UTC, so they can be sorted. A body is the
 * exact JSON text that was written, so that it can be hashed as it is.
 */
import type { Generated, Kysely } from 'kysely';
import type { AuditTables } from './audit-tables.ts';
import type { ClientTables } from './client-tables.ts';
import type { DeskTables } from './desk-tables.ts';
import type { FigureTables } from './figures.ts';
import type { HandoverSheetTables } from './handover-sheets.ts';
import type { MailTables } from './mails.ts';
import type { NumberReportTables } from './number-reports.ts';
import type { ServerTables } from './other-servers.ts';
import type { PathwayTables } from './pathways.ts';
import type { PeopleTables } from './people-tables.ts';
import type { PresenceTables } from './presence.ts';
import type { RetentionTables } from './retention-tables.ts';
import type { RowSumTables } from './row-sums.ts';
import type { TallyTables } from './tallies.ts';

export interface Tables
  extends ClientTables,
    PeopleTables,
    DeskTables,
    AuditTables,
    FigureTables,
    MailTables,
    NumberReportTables,
    RetentionTables,
    TallyTables,
    HandoverSheetTables,
    PathwayTables,
    PresenceTables,
    ServerTables,
    RowSumTables {
  consultations: { id: string; reference: string; area: string; flow: string; opened_at: string };
  /** Append-only; triggers refuse changes. `number` counts from 1 within the consultation, without a gap. */
  entries: {
    seq: Generated<number>;
    consultation: string;
    number: number;
    at: string;
    by: string;
    kind: string;
    body: string;
  };
  flow_versions: { version: string; area: string; flow: string; body: string; first_used_at: string };
  /** A browser, known by the hash of the random token in its cookie. */
  sessions: { token_hash: string; created_at: string; seen_at: string; mac: string | null };
  /** Which consultations a browser may see. */
  holders: { token_hash: string; consultation: string; since: string; mac: string | null };
  return_codes: {
    seq: Generated<number>;
    consultation: string;
    hash: string;
    made_at: string;
    expires_at: string;
    used_at: string | null;
    replaced_at: string | null;
    mac: string | null;
  };
  wrong_codes: { seq: Generated<number>; reference: string; address: string; at: string };
  /** The single row that `health` writes to find out whether writing works. */
  pulse: { id: number; at: string };
  migrations: { number: number; name: string; at: string };
}

export type Database = Kysely<Tables>;
