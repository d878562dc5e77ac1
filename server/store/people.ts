/** All that the database keeps about the people of the duty desks. */
import { type Accounts, createAccounts } from './accounts.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { createSecondFactors, type SecondFactors } from './second-factors.ts';
import { createSigninTries, type SigninTries } from './sign-in-attempts.ts';
import { createSignins, type Signins } from './sign-ins.ts';
import { createUnsentForms, type UnsentForms } from './unsent-forms.ts';

export interface People {
  accounts: Accounts;
  signins: Signins;
  factors: SecondFactors;
  tries: SigninTries;
  keptForms: UnsentForms;
  /** Takes away what is over; to be called now and then. */
  sweep(): Promise<void>;
}

export function createPeople(
  engine: Engine,
  chain: Chain,
  clock: () => Date,
  random: (bytes: number) => Buffer,
): People {
  const signins = createSignins(engine, clock);
  const makeId = () => random(16).toString('base64url');
  const accounts = createAccounts({ engine, chain, signins, clock, makeId });
  const factors = createSecondFactors({ engine, accounts, signins, clock });
  const tries = createSigninTries(engine, clock, random(32));
  const keptForms = createUnsentForms(engine, clock);
  return {
    accounts,
    signins,
    factors,
    tries,
    keptForms,
    async sweep() {
      await signins.sweep();
      await tries.sweep();
      await keptForms.sweep();
    },
  };
}
