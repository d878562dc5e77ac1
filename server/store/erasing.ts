/** Erasure: the texts of consultations go, with all that was derived from them; what happened when and by whom stays in the chain. */
import { sql } from 'kysely';
import { addErased, countErased, digestOf, erasedMark } from '../audit/erasure.ts';
import type { AccessLog } from './access-log.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Database } from './tables.ts';

export interface Erased {
  consultations: number;
  /** Entries and looks whose text is gone. */
  lines: number;
}

export interface Erasing {
  /** Of one kind, in one transaction. `kind` stands in the erasure's record. */
  erase(area: string, kind: string, consultations: readonly string[]): Promise<Erased>;
  eraseSearches(area: string, looks: readonly number[]): Promise<Erased>;
  /** So that nothing of it is left in the file. False: another program still reads an older state; try again when it has stopped. */
  compact(): Promise<boolean>;
}

interface Line {
  position: number;
  source: string;
  seq: number;
}

/** What a professional did alone. */
export const NEVER_ASKED = 'never asked';
const COMMAND = { id: '', name: 'npm run erase', role: 'command' };

export function createErasing(engine: Engine, looks: AccessLog, now: () => string): Erasing {
  const { reading, write } = engine;
  const mark = (table: 'entries' | 'looks') =>
    prepare<{ seq: number; body: string }, unknown>(reading, (db, value) =>
      db
        .updateTable(table)
        .set({ body: value('body') })
        .where('seq', '=', value('seq')),
    );
  const marks = { entries: mark('entries'), looks: mark('looks') };
  const unsalt = prepare<{ position: number }, unknown>(reading, (db, value) =>
    db.updateTable('chain').set({ salt: null }).where('position', '=', value('position')),
  );

  /** The record comes first: the marks name it. */
  async function eraseLines(db: Database, area: string, kind: string, consultations: number, lines: Line[]) {
    const erased = countErased();
    for (const { source, seq } of lines) addErased(erased, source, seq);
    const body = { kind, consultations, lines: erased.count, digest: digestOf(erased) };
    const look = await looks.addIn(db, { who: COMMAND, area, what: 'erasure', body });
    for (const { position, source, seq } of lines) {
      await marks[source as keyof typeof marks](db, { seq, body: erasedMark(look) });
      await unsalt(db, { position });
    }
    return { consultations, lines: erased.count };
  }

  return {
    erase: (area, kind, planned) =>
      write(async (db) => {
        const consultations = await stillToErase(db, kind, planned);
        if (consultations.length === 0) return { consultations: 0, lines: 0 };
        const lines = await linesOf(db, consultations);
        const erased = await eraseLines(db, area, kind, consultations.length, lines);
        for (const id of consultations) await eraseDerived(db, id, area, kind, now());
        return erased;
      }),
    eraseSearches: (area, numbers) =>
      write(async (db) => {
        const lines = await db
          .selectFrom('chain')
          .innerJoin('looks', 'looks.seq', 'chain.seq')
          .select(['position', 'source', 'looks.seq'])
          .where('source', '=', 'looks')
          .where('looks.seq', 'in', numbers)
          .where('body', 'not like', '{"erased":%')
          .orderBy('position')
          .execute();
        return eraseLines(db, area, 'searches', 0, lines);
      }),
    async compact() {
      await write((db) => sql`insert into desk_words(desk_words) values ('optimize')`.execute(db));
      return engine.compact();
    },
  };
}

/** Since it was planned, somebody may have put a hold on one, or written in it, or asked the desk. */
async function stillToErase(db: Database, kind: string, planned: readonly string[]): Promise<string[]> {
  const lines = await db.selectFrom('retention_lines').selectAll().where('consultation', 'in', planned).execute();
  const known = new Map(lines.map((line) => [line.consultation, line]));
  return planned.filter((id) => {
    const line = known.get(id);
    if (kind === NEVER_ASKED) return line === undefined;
    return line?.kind === kind && line.approved === 1 && line.held === 0 && line.erased_at === null;
  });
}

/** Entries, looks at them, and lists that showed them, in the order of the chain; but for what is erased already. */
async function linesOf(db: Database, consultations: readonly string[]): Promise<Line[]> {
  const ids = sql.join([...consultations]);
  const { rows } = await sql<Line>`
    select position, source, chain.seq as seq from entries join chain on source = 'entries' and chain.seq = entries.seq
      where consultation in (${ids}) and body not like '{"erased":%'
    union
    select position, source, chain.seq as seq from looks join chain on source = 'looks' and chain.seq = looks.seq
      where (consultation in (${ids}) or looks.seq in (select look from sightings where consultation in (${ids})))
        and body not like '{"erased":%'
    order by position`.execute(db);
  return rows;
}

async function eraseDerived(db: Database, consultation: string, area: string, kind: string, at: string): Promise<void> {
  const line = db.selectFrom('desk_lines').select('number').where('consultation', '=', consultation);
  await db.deleteFrom('desk_words').where('rowid', 'in', line).execute();
  for (const table of ['desk_lines', 'figure_lines', 'mails', 'holders', 'return_codes', 'sightings'] as const)
    await db.deleteFrom(table).where('consultation', '=', consultation).execute();
  await db
    .deleteFrom('kept_forms')
    .where(sql<boolean>`instr(action, ${consultation}) or instr(page, ${consultation})`)
    .execute();
  const facts = { kind, since: '', last: '', keep_until: null, held: 0, approved: 0, erased_at: at };
  await db
    .insertInto('retention_lines')
    .values({ consultation, area, ...facts })
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet({ erased_at: at, approved: 0 }))
    .execute();
}
