/** Every table, and what `npm run verify` compares it with. A missing table does not compile, and a test compares the list with the schema. */
import type { Tables } from './tables.ts';

export type Check =
  /** Each row is in the chain, or follows from the consultation's first entry. */
  | 'chained'
  /** Follows from the chained entries of the account; see `audit/check-accounts.ts`. */
  | 'replayed'
  /** Recomputed from the entries of each consultation with the store's own projections, and compared. */
  | 'recomputed'
  /** Follows from other lines by a rule of its own; see `check-derived.ts`. */
  | 'ruled'
  /** Bears a MAC, which only the key of the audit makes; see `check-macs.ts`. Rows that are gone are not missed, but for tallies. */
  | 'marked'
  /** All rows together come to a sum, which bears a MAC and counts its changes; see `row-sums.ts`. */
  | 'summed'
  /** Each state of each row is noted in the log; see `check-outbox.ts`. */
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
  // Not chained: a line for each browser would outlive it, and say for years which consultations were held at one computer.
  // Each belongs to one session of its browser, which is at its end after 12 hours.
  holders: 'marked',
  return_codes: 'summed',
  sessions: 'marked',
  row_sums: 'ruled',
  wrong_codes: { unchecked: 'tries that count for 15 minutes' },
  known_browsers: { unchecked: 'only slows strangers down' },
  signin_tries: { unchecked: 'tries that count for 15 minutes' },
  spent_challenges: { unchecked: 'only keeps a challenge from being answered twice' },
  drafts: 'summed',
  // A text that is still being written; what is taken away of it is an entry.
  sheet_fields: 'summed',
  // How often and until when it was said is not: anybody may say it.
  number_reports: 'noted',
  // Bear a MAC, come to a sum, and the log notes that sum: see `check-tallies.ts`.
  tallies: 'marked',
  open_pages: { unchecked: 'who has a consultation open, for 45 seconds; that it was seen is a look' },
  servers: { unchecked: 'which servers there are, with hashes of their keys; each writes its own again and again' },
  pulse: { unchecked: 'whether writing works' },
  migrations: 'ruled',
} as const satisfies Record<keyof Tables, Check>;

export type Recomputed = {
  [Table in keyof typeof CHECKED]: (typeof CHECKED)[Table] extends 'recomputed' ? Table : never;
}[keyof typeof CHECKED];

/** What somebody who can write to the database may do to one row: an older state of its own, gone, one more, or what another row holds. */
export const DEEDS = ['put back', 'taken out', 'planted', 'swapped'] as const;
export type Deed = (typeof DEEDS)[number];

/** What `npm run verify` does not find in tables that it checks, and why that does no harm. `test/audit/every-table.test.ts` tries everything else. */
export const UNNOTICED: { [Table in keyof Tables]?: { [One in Deed]?: string } } = {
  signins: {
    'put back': 'when it was seen last is earlier, so the session ends sooner; one that was ended is found',
    'taken out': 'the session is at its end',
  },
  sessions: { 'put back': 'when it was seen last is earlier, so the session ends sooner' },
  holders: { 'taken out': 'the browser does not hold it any more; a return code opens the consultation again' },
};
