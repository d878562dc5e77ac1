/**
 * Return codes: making them, using them, and slowing down guesses. A code has 69 random bits, so it is safe by itself;
 * the limit on guessing is there against noise. It never locks the owner out for good, because an address without a wrong
 * attempt may always try. Codes are stored as a keyed hash of the code and its consultation. Somebody who has only the
 * database can therefore neither guess at all codes at once nor insert one.
 */
import { sql } from 'kysely';
import type { Mac } from '../audit/mac.ts';
import { MOST_READ, minutesToWait, type Try, windowStart } from '../base/guessing-limit.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { RowSums } from './row-sums.ts';
import type { Sessions } from './sessions.ts';
import type { Database, Tables } from './tables.ts';

export interface CodeTry {
  reference: string;
  /** Hash of the code that was entered. */
  hash: string;
  /** Where the attempt came from, such as an IP address. It counts for 15 minutes and is kept only as a keyed hash. */
  address: string;
  /** Token hash of the browser that may see the consultation afterwards. */
  tokenHash: string;
}

export type CodeAnswer =
  | { right: true; consultation: string }
  | { right: false; why: 'wrong' | 'expired' }
  | { right: false; why: 'wait'; minutes: number };

export interface Codes {
  /** Makes a code and invalidates the earlier codes of this consultation. `days`: how long it is valid. */
  make(consultation: string, hash: string, days: number): Promise<void>;
  /** A code can be used again until it expires, because the response that returned the consultation may never have arrived. */
  use(attempt: CodeTry): Promise<CodeAnswer>;
  /** Deletes attempts that no longer count, and codes that expired long ago; to be called regularly. */
  sweep(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** For so long after a code has expired, whoever enters it is told so. Then it counts as a wrong one. */
const SAID_DAYS = 30;
/** How many expired codes are deleted at once: after an upgrade there can be those of years. */
const FORGOTTEN_AT_ONCE = 500;

interface NewCode {
  rowSums: Pick<RowSums, 'noteIn'>;
  consultation: string;
  hash: string;
  days: number;
  now: Date;
  mac: Mac;
}

interface CodeLine {
  seq: number;
  consultation: string;
  hash: string;
  expiresAt: string;
  mac: string | null;
}

interface CodeParts {
  engine: Engine;
  sessions: Sessions;
  clock: () => Date;
  /** The MAC for codes. */
  mac: Mac;
  /** The MAC that hides addresses before they are stored. */
  attempts: Mac;
  rowSums: Pick<RowSums, 'noteIn'>;
}

/** What the MAC of a row covers, so that nobody can make a code valid for longer or move it to another consultation. */
export const factsOfCode = ({ consultation, hash, expiresAt }: Pick<CodeLine, 'consultation' | 'hash' | 'expiresAt'>) =>
  ['row', consultation, hash, expiresAt] as const;

export function createCodes({ engine, sessions, clock, mac, attempts, rowSums }: CodeParts): Codes {
  const { reading, write } = engine;
  const codesOf = prepareCodes(reading);
  const triesOf = prepareTries(reading);
  return {
    make: (consultation, hash, days) =>
      write((db) => makeIn(db, { consultation, hash, days, now: clock(), mac, rowSums })),
    use: ({ reference, hash, address: plainAddress, tokenHash }) =>
      write(async (db): Promise<CodeAnswer> => {
        const now = clock();
        const address = attempts.make('return code', plainAddress);
        const mine = { target: reference, address, browser: null };
        const minutes = minutesToWait(await triesOf(db, { ...mine, since: windowStart(now) }), mine, now);
        if (minutes > 0) return { right: false, why: 'wait', minutes };
        const code = (await codesOf(db, { reference })).find(
          (line) => mac.fits(line.hash, line.consultation, hash) && mac.fits(line.mac, ...factsOfCode(line)),
        );
        if (code === undefined) {
          await rememberWrong(db, mine, now);
          return { right: false, why: 'wrong' };
        }
        if (code.expiresAt <= now.toISOString()) return { right: false, why: 'expired' };
        await noteUse(db, code.seq, now, rowSums);
        await sessions.holdIn(db, tokenHash, code.consultation);
        return { right: true, consultation: code.consultation };
      }),
    sweep: () => write((db) => forgetOld(db, clock(), rowSums)),
  };
}

function prepareCodes(reading: Database) {
  return prepare<{ reference: string }, CodeLine>(reading, (db, value) =>
    db
      .selectFrom('return_codes')
      .innerJoin('consultations', 'consultations.id', 'return_codes.consultation')
      .select(['seq', 'return_codes.consultation as consultation', 'hash', 'expires_at as expiresAt', 'mac'])
      .where('consultations.reference', '=', value('reference'))
      .where('replaced_at', 'is', null),
  );
}

/** Wrong codes for the reference or from the address, the newest first. */
function prepareTries(reading: Database) {
  return prepare<Omit<Try, 'at'> & { since: string }, Try>(reading, (db, value) =>
    db
      .selectFrom('wrong_codes')
      .select(['reference as target', 'address', sql<null>`null`.as('browser'), 'at'])
      .where('at', '>', value('since'))
      .where((line) => line.or([line('reference', '=', value('target')), line('address', '=', value('address'))]))
      .orderBy('seq', 'desc')
      .limit(MOST_READ),
  );
}

async function makeIn(db: Database, { consultation, hash: given, days, now, mac, rowSums }: NewCode): Promise<void> {
  const [madeAt, expiresAt] = [now.toISOString(), new Date(now.getTime() + days * DAY_MS).toISOString()];
  const gone = await db
    .selectFrom('return_codes')
    .selectAll()
    .where('consultation', '=', consultation)
    .where('replaced_at', 'is', null)
    .execute();
  const seqs = gone.map(({ seq }) => seq);
  const replaced = seqs.length === 0 ? [] : await changeCodes(db, seqs, { replaced_at: madeAt });
  const hash = mac.make(consultation, given);
  const row = { consultation, hash, mac: mac.make(...factsOfCode({ consultation, hash, expiresAt })) };
  const made = await db
    .insertInto('return_codes')
    .values({ ...row, made_at: madeAt, expires_at: expiresAt, used_at: null, replaced_at: null })
    .returningAll()
    .executeTakeFirstOrThrow();
  await rowSums.noteIn(db, 'return_codes', { gone, come: [...replaced, made] });
}

async function noteUse(db: Database, seq: number, now: Date, rowSums: Pick<RowSums, 'noteIn'>): Promise<void> {
  const gone = await db.selectFrom('return_codes').selectAll().where('seq', '=', seq).execute();
  const come = await changeCodes(db, [seq], { used_at: now.toISOString() });
  await rowSums.noteIn(db, 'return_codes', { gone, come });
}

/** Changes the rows and returns them as they are afterwards. */
function changeCodes(
  db: Database,
  seqs: readonly number[],
  values: Partial<Pick<Tables['return_codes'], 'used_at' | 'replaced_at'>>,
) {
  return db.updateTable('return_codes').set(values).where('seq', 'in', seqs).returningAll().execute();
}

async function rememberWrong(db: Database, { target, address }: Omit<Try, 'at'>, now: Date): Promise<void> {
  await forgetTries(db, now);
  await db.insertInto('wrong_codes').values({ reference: target, address, at: now.toISOString() }).execute();
}

async function forgetTries(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('wrong_codes').where('at', '<=', windowStart(now)).execute();
}

async function forgetOld(db: Database, now: Date, rowSums: Pick<RowSums, 'noteIn'>): Promise<void> {
  await forgetTries(db, now);
  await forgetCodes(db, now, rowSums);
}

/** Otherwise all codes of all years would stay, and every check of the log would read them, since it sums them up. */
async function forgetCodes(db: Database, now: Date, rowSums: Pick<RowSums, 'noteIn'>): Promise<void> {
  const before = new Date(now.getTime() - SAID_DAYS * DAY_MS).toISOString();
  const expired = db
    .selectFrom('return_codes')
    .select('seq')
    .where('expires_at', '<=', before)
    .orderBy('expires_at')
    .limit(FORGOTTEN_AT_ONCE);
  const gone = await db.deleteFrom('return_codes').where('seq', 'in', expired).returningAll().execute();
  await rowSums.noteIn(db, 'return_codes', { gone });
}

export async function indexExpiry(db: Database): Promise<void> {
  await db.schema.createIndex('return_codes_expired').on('return_codes').column('expires_at').execute();
}
