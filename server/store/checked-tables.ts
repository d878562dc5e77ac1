/**
 * Every table, and what `npm run verify` compares it with. A table that is missing here does not compile, and a test
 * compares the list with the schema.
 */
import type { Tables } from './tables.ts';

export type HowChecked =
  /** Every row is in the chain, or follows from the consultation's first entry. */
  | 'chained'
  /** Follows from the chained entries of the account; see `audit/check-accounts.ts`. */
  | 'replayed'
  /** Recomputed from the entries of each consultation with the store's own projections, and compared. */
  | 'recomputed'
  /** Follows from other lines by a rule of its own; see `derived-rules.ts`. */
  | 'ruled'
  /**
   * Every row has a MAC, which can only be made with the audit key; see `check-macs.ts`. Except for tallies, missing
   * rows are not noticed.
   */
  | 'marked'
  /** A sum over all rows has a MAC and counts its changes; see `row-sums.ts`. */
  | 'summed'
  /** The log records each state of each row; see `check-outbox.ts`. */
  | 'noted'
  | { unchecked: string };

export const CHECKED = {
  chain: 'chained',
  entries: 'chained',
  looks: 'chained',
  account_entries: 'chained',
  consultations: 'chained',
  flow_versions: 'chained',
  accounts: 'replayed',
  passkeys: 'replayed',
  recovery_codes: 'replayed',
  invitations: 'replayed',
  signins: 'replayed',
  desk_lines: 'recomputed',
  desk_children: 'recomputed',
  desk_child_words: 'recomputed',
  desk_words: 'ruled',
  retention_lines: 'recomputed',
  pathway_lines: 'recomputed',
  figure_lines: 'recomputed',
  figure_counts: 'ruled',
  tree_nodes: 'ruled',
  newest_head: 'ruled',
  sightings: 'ruled',
  mails: 'noted',
  clients: 'summed',
  deliveries: 'noted',
  client_calls: {
    unchecked: 'answers to calls that may be repeated, for a day; each call that wrote something is an entry',
  },
  client_minutes: { unchecked: 'only slows down a client that calls too often, for a minute' },
  // Not in the chain: a chained line would outlive the session for years, and show which consultations took place on
  // the same computer. Each row belongs to one session of a browser, which ends after 12 hours.
  holders: 'marked',
  return_codes: 'summed',
  sessions: 'marked',
  row_sums: 'ruled',
  wrong_codes: { unchecked: 'tries that count for 15 minutes' },
  known_browsers: { unchecked: 'only slows strangers down' },
  signin_tries: { unchecked: 'tries that count for 15 minutes' },
  spent_challenges: { unchecked: 'only keeps a challenge from being answered twice' },
  drafts: 'summed',
  // A text that is still being written. What somebody takes away from it becomes an entry.
  sheet_fields: 'summed',
  // How often and until when it was reported is not recorded in the log, because anybody can report it.
  number_reports: 'noted',
  // Every row has a MAC, the rows have a sum, and the log records that sum: see `check-tallies.ts`.
  tallies: 'marked',
  open_pages: { unchecked: 'who has a consultation open, for 45 seconds; that it was seen is a look' },
  servers: { unchecked: 'which servers there are, with hashes of their keys; each writes its own again and again' },
  pulse: { unchecked: 'whether writing works' },
  migrations: 'ruled',
} as const satisfies Record<keyof Tables, HowChecked>;

type CheckedAs<How extends HowChecked> = {
  [Table in keyof typeof CHECKED]: (typeof CHECKED)[Table] extends How ? Table : never;
}[keyof typeof CHECKED];
export type RecomputedTable = CheckedAs<'recomputed'>;
/** `SUMMED` in `row-sums.ts` has each of them, by its type. */
export type TableCheckedBySum = CheckedAs<'summed'>;

/**
 * What somebody with access to the database may do to a row: put back an earlier state, delete it, insert one, or
 * exchange it with another row.
 */
export const TAMPERINGS = ['put back', 'taken out', 'planted', 'swapped'] as const;
export type Tampering = (typeof TAMPERINGS)[number];

/**
 * Changes that `npm run verify` does not notice in tables that it checks, and why they do no harm.
 * `test/audit/every-table.test.ts` tries all others.
 */
export const UNNOTICED: { [Table in keyof Tables]?: { [One in Tampering]?: string } } = {
  signins: {
    'put back': 'when it was seen last is earlier, so the session ends sooner; one that was ended is found',
    'taken out': 'the session is at its end',
  },
  sessions: { 'put back': 'when it was seen last is earlier, so the session ends sooner' },
  holders: { 'taken out': 'the browser does not hold it any more; a return code opens the consultation again' },
};
