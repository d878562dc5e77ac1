/**
 * `npm run seed`: adds invented people to try the service with, one per role and area, and prints their passwords and authenticator keys
 * once. It refuses a database that already has accounts, so that invented people never mix with real ones.
 */

import { randomBytes, randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { localDay } from '../base/days.ts';
import { type Config, readConfig } from '../config.ts';
import { hashCode, makeCode } from '../consultation/code.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { NATIONAL } from '../flow/national.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { ROLES, type Role } from '../people/permissions.ts';
import { makeRecoveryCodes } from '../people/recovery-code.ts';
import { makeTotpSecret } from '../people/totp.ts';
import { createSigning } from '../signing.ts';
import { BY_COMMAND } from '../store/account-entries.ts';
import { StoreProblem } from '../store/failure.ts';
import { openPeopleKey } from '../store/people-key.ts';
import { databaseFile, openStore, type Store } from '../store/store.ts';
import type { Signing } from '../web/kit/services.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

const NAMES = ['Asha', 'Bram', 'Cara', 'Dilip', 'Esme', 'Femi', 'Gwen', 'Hana', 'Idris', 'Joan', 'Kofi', 'Lena'];
const WORDS =
  'amber basket candle dolphin engine feather garden hammer island jigsaw kettle lantern magnet needle orchard pebble quartz ribbon saddle teapot umbrella velvet walnut yellow'.split(
    ' ',
  );

interface Invented {
  name: string;
  email: string;
  role: Role;
  area: string;
}

function inventPeople(areas: string[]): Invented[] {
  return areas.flatMap((area, row) =>
    ROLES.map((role, column) => {
      const name = `${NAMES[(row * ROLES.length + column) % NAMES.length]} Invented`;
      return { name, email: `${role.replaceAll(' ', '.')}@${area}.invalid`, role, area };
    }),
  );
}

function makePassword(): string {
  return Array.from({ length: 5 }, () => WORDS[randomInt(WORDS.length)]).join(' ');
}

async function add(store: Store, signing: Signing, person: Invented): Promise<string> {
  const [code, password, secret] = [makeCode(randomBytes), makePassword(), makeTotpSecret(randomBytes)];
  const account = await store.people.accounts.invite({ ...person, hash: hashCode(code) }, BY_COMMAND);
  if (account === undefined) throw new Error(`${person.email} has an account already. Nothing more was added`);
  const [recovery = ''] = makeRecoveryCodes(randomBytes);
  await store.people.secondFactors.join({
    account,
    invitation: hashCode(code),
    passwordHash: await signing.hasher.hash(password),
    totp: { secret: signing.seal.close(secret), step: 0 },
    recoveryCodes: [hashCode(recovery)],
    tokenHash: hashCode(makeCode(randomBytes)),
    browser: hashCode(makeCode(randomBytes)),
  });
  return [
    person.email,
    `  password: ${password}`,
    `  key for the app: ${secret}`,
    `  recovery code, once: ${recovery}`,
  ].join('\n');
}

function readAreas(flowsDir: string): string[] {
  const { library, problems } = loadLibrary(readFolder(flowsDir), localDay(new Date()));
  if (hasErrors(problems))
    throw new Error(`${problems.map(describeProblem).join('\n')}\nNobody was added: mend the content first`);
  return [...library.areas.keys()].filter((id) => id !== NATIONAL);
}

async function refuseUnlessEmpty(store: Store, areas: readonly string[], config: Config): Promise<void> {
  for (const area of areas) {
    if ((await store.people.accounts.listOf(area)).length === 0) continue;
    const { databaseUrl, dataDir } = config;
    throw new StoreProblem(
      `${databaseUrl === undefined ? resolve(dataDir) : 'The database of DATABASE_URL'} has accounts already. Nobody was added`,
      'a database without accounts, so that invented people never mix with real ones',
      databaseUrl === undefined
        ? 'give another folder, and the same to the server: DATA_DIR=trial npm run seed'
        : 'take DATABASE_URL away and give DATA_DIR=trial, or give an empty database and another DATA_DIR',
    );
  }
}

async function main(): Promise<void> {
  readArguments({});
  const config = readConfig(process.env);
  const areas = readAreas(config.flowsDir);
  const store = await openStore({ ...config, file: databaseFile(config.dataDir), clock: () => new Date() });
  try {
    await refuseUnlessEmpty(store, areas, config);
    const signing = await createSigning(config, openPeopleKey(config.dataDir));
    for (const person of inventPeople(areas)) console.log(await add(store, signing, person));
  } finally {
    await store.close();
  }
  console.log(
    '\nThese people are invented. Their passwords are shown only now: they are not kept in a form that can be read.',
  );
}

try {
  await main();
} catch (error) {
  reportFailure(error);
}
