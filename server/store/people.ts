/** Everything in the database about the people of the duty desks. */
import type { Macs } from '../audit/mac.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import type { Chain } from './chain.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import type { Engine } from './engine.ts';
import type { RowSums } from './row-sums.ts';
import { createSecondFactors, type SecondFactors } from './second-factors.ts';
import { createSignInAttempts, type SignInAttempts } from './sign-in-attempts.ts';
import { createSignins, type Signins } from './sign-ins.ts';

export interface People {
  accounts: Accounts;
  signins: Signins;
  secondFactors: SecondFactors;
  signInAttempts: SignInAttempts;
  drafts: Drafts;
  /** Deletes what has expired; to be called regularly. */
  sweep(): Promise<void>;
}

interface PeopleParts {
  engine: Engine;
  chain: Chain;
  macs: Macs;
  clock: () => Date;
  random: (bytes: number) => Buffer;
  rowSums: Pick<RowSums, 'noteIn'>;
}

export function createPeople({ engine, chain, macs, clock, random, rowSums }: PeopleParts): People {
  const signins = createSignins(engine, macs.session, clock);
  const makeId = () => random(16).toString('base64url');
  const accounts = createAccounts({ engine, chain, macs, signins, clock, makeId });
  const secondFactors = createSecondFactors({ engine, accounts, chain, macs, signins, clock });
  const signInAttempts = createSignInAttempts(engine, clock, macs.attempt);
  const drafts = createDrafts({ engine, clock, rowSums });
  return {
    accounts,
    signins,
    secondFactors,
    signInAttempts,
    drafts,
    async sweep() {
      await signins.sweep();
      await signInAttempts.sweep();
      await drafts.sweep();
    },
  };
}
