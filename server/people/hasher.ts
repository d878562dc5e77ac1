/** Passwords → Argon2id hashes, in threads of their own, a few at once: many sign-ins wait for each other and the rest of the service does not. */
import { hash, verify } from '@node-rs/argon2';
import { normalisePassword } from './password.ts';

export interface Hasher {
  hash(password: string): Promise<string>;
  /** Against null, for an account that is not there, it takes as long and is false. */
  verify(hashed: string | null, password: string): Promise<boolean>;
}

/** As OWASP advises: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;

export function createHasher(): Hasher {
  const inTurn = createTurns(AT_ONCE);
  const nobody = hash('the password of nobody', COST);
  return {
    hash: (password) => inTurn(() => hash(normalisePassword(password), COST)),
    verify: async (hashed, password) => {
      const against = hashed ?? (await nobody);
      const right = await inTurn(() => verify(against, normalisePassword(password)));
      return right && hashed !== null;
    },
  };
}

function createTurns(most: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
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
