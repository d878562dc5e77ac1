/**
 * Hashes passwords with Argon2id in worker threads, a few at a time, so that many simultaneous sign-ins wait in a queue
 * and do not slow down everything else.
 */
import { hash, verify } from '@node-rs/argon2';
import { normalisePassword } from './password.ts';

export interface Hasher {
  hash(password: string): Promise<string>;
  /** With null, for an account that does not exist, it takes equally long and returns false. */
  verify(hashed: string | null, password: string): Promise<boolean>;
}

/** What one hash costs. `memoryCost` in KiB. */
export interface HashCost {
  memoryCost: number;
  timeCost: number;
  parallelism: number;
}

/** OWASP Password Storage Cheat Sheet: 19 MiB of memory, two iterations, one lane. */
const COST: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** A hash of random bytes at the same cost; a password for an account that does not exist is compared with it. */
const HASH_OF_NOBODY =
  `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}` +
  '$YQYPpfSuL7H/cs6EXqmqKA$Vb12UbQ7MgEgro4bMZFgvE3tRwzBxRxD9gqFdsdAUqI';
const AT_ONCE = 2;
/** About two seconds of waiting. Beyond that, people are told at once to try again, instead of after a minute. */
const MOST_WAITING = 64;

/** Too many passwords are waiting to be checked. */
export class TooManyWaiting extends Error {}

/** `cost`: for new hashes; tests that sign in many people use a lower one. */
export function createHasher(cost = COST): Hasher {
  const inTurn = createTurns(AT_ONCE, MOST_WAITING);
  return {
    hash: (password) => inTurn(() => hash(normalisePassword(password), cost)),
    verify: async (hashed, password) => {
      const right = await inTurn(() => verify(hashed ?? HASH_OF_NOBODY, normalisePassword(password)));
      return right && hashed !== null;
    },
  };
}

function createTurns(most: number, mostWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= most && waiting.length >= mostWaiting)
      throw new TooManyWaiting('too many passwords wait to be checked');
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
