/**
 * Return codes: made, used, and guessed at. A code has more than 60 random bits, so the limits below are there to stop noise rather than
 * to keep the code safe, and they never lock its owner out for good: an address that has not been wrong is always let try.
 */
import { createHmac } from 'node:crypto';
import { isSameHash } from '../consultation/code.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Sessions } from './sessions.ts';
import type { Database } from './tables.ts';

export interface CodeTry {
  reference: string;
  /** Hash of the code that was typed in. */
  hash: string;
  /** Where it came from, such as an IP address; kept for an hour, and only as a keyed hash. */
  address: string;
  /** The browser that may then see the consultation. */
  tokenHash: string;
}

export type CodeAnswer =
  | { right: true; consultation: string }
  | { right: false; why: 'wrong' | 'expired' }
  | { right: false; why: 'wait'; minutes: number };

export interface Codes {
  /** The codes made before for this consultation end. `days`: how long it is good for. */
  make(consultation: string, hash: string, days: number): Promise<void>;
  /** A code can be used again until it ends: the answer that gave the consultation back can get lost on the way. */
  use(attempt: CodeTry): Promise<CodeAnswer>;
}

const WINDOW_MINUTES = 15;
/** Wrong tries in a window after which nothing is looked at: from one address on one reference, and from one address at all. */
const MOST_ON_ONE = 5;
const MOST_FROM_ONE_ADDRESS = 20;
/** Wrong tries on one reference from anywhere, after which an address gets only one. */
const MOST_FROM_ALL = 50;
const DAY_MS = 86_400_000;

interface CodeLine {
  seq: number;
  consultation: string;
  hash: string;
  expiresAt: string;
}
interface WrongLine {
  reference: string;
  address: string;
  at: string;
}

export function createCodes(
  { reading, write }: Engine,
  sessions: Sessions,
  clock: () => Date,
  addressKey: Buffer,
): Codes {
  const now = () => clock().toISOString();
  const codesFor = prepare<{ reference: string }, CodeLine>(reading, (db, value) =>
    db
      .selectFrom('return_codes')
      .innerJoin('consultations', 'consultations.id', 'return_codes.consultation')
      .select(['seq', 'return_codes.consultation as consultation', 'hash', 'expires_at as expiresAt'])
      .where('consultations.reference', '=', value('reference'))
      .where('replaced_at', 'is', null),
  );
  const wrongTries = prepare<WrongLine, WrongLine>(reading, (db, value) =>
    db
      .selectFrom('wrong_codes')
      .select(['reference', 'address', 'at'])
      .where('at', '>', value('at'))
      .where((line) => line.or([line('reference', '=', value('reference')), line('address', '=', value('address'))]))
      .orderBy('seq', 'desc')
      .limit(MOST_FROM_ALL + MOST_FROM_ONE_ADDRESS),
  );

  async function rememberWrong(db: Database, reference: string, address: string, windowStart: string): Promise<void> {
    await db.deleteFrom('wrong_codes').where('at', '<=', windowStart).execute();
    await db.insertInto('wrong_codes').values({ reference, address, at: now() }).execute();
  }

  return {
    make: (consultation, hash, days) =>
      write(async (db) => {
        const [madeAt, expiresAt] = [now(), new Date(clock().getTime() + days * DAY_MS).toISOString()];
        await db
          .updateTable('return_codes')
          .set({ replaced_at: madeAt })
          .where('consultation', '=', consultation)
          .where('replaced_at', 'is', null)
          .execute();
        await db
          .insertInto('return_codes')
          .values({ consultation, hash, made_at: madeAt, expires_at: expiresAt, used_at: null, replaced_at: null })
          .execute();
      }),
    use: ({ reference, hash, address: plainAddress, tokenHash }) =>
      write(async (db) => {
        const address = createHmac('sha256', addressKey).update(plainAddress).digest('base64url');
        const windowStart = new Date(clock().getTime() - WINDOW_MINUTES * 60_000).toISOString();
        const minutes = minutesToWait(
          await wrongTries(db, { reference, address, at: windowStart }),
          reference,
          address,
          clock(),
        );
        if (minutes > 0) return { right: false, why: 'wait', minutes };
        const code = (await codesFor(db, { reference })).find((line) => isSameHash(line.hash, hash));
        if (code === undefined) {
          await rememberWrong(db, reference, address, windowStart);
          return { right: false, why: 'wrong' };
        }
        if (code.expiresAt <= now()) return { right: false, why: 'expired' };
        await db.updateTable('return_codes').set({ used_at: now() }).where('seq', '=', code.seq).execute();
        await sessions.holdIn(db, tokenHash, code.consultation);
        return { right: true, consultation: code.consultation };
      }),
  };
}

/** 0: may try now. The window of an address ends at its own pace; what others do only makes it narrower. */
function minutesToWait(wrong: readonly WrongLine[], reference: string, address: string, now: Date): number {
  const here = wrong.filter((line) => line.address === address);
  const onOne = here.filter((line) => line.reference === reference);
  const underAttack = wrong.filter((line) => line.reference === reference).length >= MOST_FROM_ALL;
  const waits =
    onOne.length >= (underAttack ? 1 : MOST_ON_ONE) ? onOne : here.length >= MOST_FROM_ONE_ADDRESS ? here : [];
  const oldest = waits.at(-1);
  if (oldest === undefined) return 0;
  return Math.max(1, Math.ceil(WINDOW_MINUTES - (now.getTime() - Date.parse(oldest.at)) / 60_000));
}
