/**
 * Decides whether a consultation may be erased, only from its entries and their lines in the chain. Derived rows are
 * not trusted.
 */
import { FACTS, type Fact, isAsWritten } from '../audit/line.ts';
import { addKept, readRetention } from '../desk/retention.ts';
import type { Desk } from '../flow/desk.ts';
import { toEntry } from './entry-lines.ts';
import type { Database } from './tables.ts';

/** A consultation that was never sent to the desk. */
export const NEVER_ASKED = 'never asked';

export interface ErasureTerms {
  area: string;
  /** A kind of retention, or `NEVER_ASKED`. */
  kind: string;
  desk: Desk;
  today: string;
}

export async function mayBeErased(db: Database, consultation: string, terms: ErasureTerms): Promise<boolean> {
  const rows = await chainedEntries(db, consultation);
  if (rows.length === 0 || !rows.every(isLinked)) return false;
  const entries = rows.map(toEntry);
  const [opened] = entries;
  if (opened?.what.kind !== 'opened' || opened.what.area !== terms.area) return false;
  const retention = readRetention(entries);
  if (terms.kind === NEVER_ASKED)
    return retention === undefined && opened.at < addKept(terms.today, terms.desk.retention.neverAsked, -1);
  if (retention === undefined || retention.kind !== terms.kind) return false;
  if (!retention.approved || retention.hold !== undefined || retention.onPathway) return false;
  const approval = entries.at(-1)?.what;
  const due = approval?.kind === 'erasure approved' ? approval.due : undefined;
  return due !== undefined && due <= terms.today && (retention.keepUntil ?? '') <= terms.today;
}

function chainedEntries(db: Database, consultation: string) {
  return db
    .selectFrom('entries')
    .leftJoin('chain', (on) => on.onRef('chain.seq', '=', 'entries.seq').on('chain.source', '=', 'entries'))
    .selectAll('entries')
    .select(['position', 'source', 'salt', 'content', 'previous', 'hash'])
    .where('consultation', '=', consultation)
    .orderBy('number')
    .execute();
}

type Row = Awaited<ReturnType<typeof chainedEntries>>[number];

/** An erased entry has lost its salt, so it no longer counts as linked. */
function isLinked(row: Row, index: number): boolean {
  const { position, source, seq, salt, content, previous, hash } = row;
  if (position === null || source === null || content === null || previous === null || hash === null) return false;
  const facts = FACTS.entries.map((name): Fact => row[name]);
  return (
    row.number === index + 1 && isAsWritten({ position, source, seq, salt, content, previous, hash }, { ...row, facts })
  );
}
