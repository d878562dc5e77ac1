/**
 * Kills the whole server while it is used over HTTP: professionals answer and hand over, duty workers of one desk
 * compete for the same consultations and record outcomes. What was acknowledged has to be there exactly once.
 */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { hashCode, makeCode } from '../../server/consultation/code.ts';
import { createSeal, SECOND_FACTORS } from '../../server/people/seal.ts';
import { openPeopleKey } from '../../server/store/people-key.ts';
import { hashToken } from '../../server/store/sessions.ts';
import { databaseFile, openStore } from '../../server/store/store.ts';
import { lendLibrary } from '../proved-library.ts';
import { checkStore } from '../store/kill-store.ts';
import type { Killing } from '../store/killer.ts';
import { claimAndDecide, type Drive, interview, resend, type Saved, Unexpected, type Worker } from './kill-people.ts';

const PROFESSIONALS = 10;
const WORKERS = 20;
const root = join(import.meta.dirname, '..', '..');

/**
 * A kill comes at most `longestMs` after the first acknowledged write of its round. `folder` becomes DATA_DIR; its
 * database is created here, with duty workers who are already signed in.
 */
export async function killingTheServer(folder: string, kills: number, longestMs = 1200): Promise<Killing<Saved>> {
  const file = databaseFile(folder);
  // Creates the key as the first start does: a missing key is refused once something is sealed with it.
  openPeopleKey(folder);
  lendLibrary(folder);
  const workers = await makeWorkers(file);
  const waiting: string[] = [];
  const left: Drive['left'] = [];
  const unexpected: string[] = [];
  const last: Drive['last'] = [];
  return {
    command: [process.execPath, join(root, 'dist', 'main.js')],
    env: { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder },
    kills,
    longestMs,
    describe: ({ says }) => says.split(' ').slice(0, 2).join(' '),
    async drive(program, acknowledge, signal) {
      const origin = await listening(program, signal);
      if (origin === undefined) return;
      const drive: Drive = { origin, acknowledge, signal, waiting, left, last };
      const people = [
        resend(drive, last.splice(0)),
        ...Array.from({ length: PROFESSIONALS }, () => interview(drive)),
        ...workers.map((worker) => claimAndDecide(drive, worker)),
      ];
      for (const ended of await Promise.allSettled(people))
        if (ended.status === 'rejected' && ended.reason instanceof Unexpected) unexpected.push(ended.reason.message);
    },
    check: async (_all, fresh) => [
      ...unexpected.splice(0),
      ...(await checkSaved(file, fresh, createDraftReader(folder, file))),
    ],
  };
}

/** Duty workers in Bury, each with the token in the desk's cookie. */
export async function makeWorkers(file: string, databaseUrl?: string): Promise<Worker[]> {
  const store = await openStore({ file, databaseUrl, clock: () => new Date() });
  // A server starts only where its key opens what is sealed.
  const seal = createSeal(openPeopleKey(dirname(file)), SECOND_FACTORS, randomBytes);
  const workers: Worker[] = [];
  for (let number = 1; number <= WORKERS; number++) {
    const [token, code] = [randomBytes(32).toString('base64url'), hashCode(makeCode(randomBytes))];
    const person = { email: `worker${number}@example.gov.uk`, name: `Worker ${number}` };
    const account = await store.people.accounts.invite(
      { ...person, role: 'duty worker', area: 'bury', hash: code },
      'command',
    );
    if (account === undefined) throw new Error('the address is taken');
    await store.people.secondFactors.join({
      account,
      invitation: code,
      passwordHash: 'never asked for here',
      totp: { secret: seal.close('never asked for here'), step: 0 },
      recoveryCodes: [],
      tokenHash: hashToken(token),
      browser: randomBytes(32).toString('base64url'),
    });
    workers.push({ account, token });
  }
  await store.close();
  return workers;
}

/** The server's URL once it listens. Undefined if it was killed first. */
export function listening(program: ChildProcess, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    program.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const address = /open at (http:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}

export type ReadDraft = (account: string, form: string) => string[];

/** The texts of drafts, decrypted with the key that the server made beside its database. */
export function createDraftReader(folder: string, file: string): ReadDraft {
  return (account, form) => {
    const raw = new Sqlite(file, { readonly: true });
    const sealed = raw.prepare('select sealed from drafts where account = ? and form = ?').pluck().all(account, form);
    raw.close();
    const key = Buffer.from(readFileSync(join(folder, 'people.key'), 'utf8').trim(), 'base64url');
    const seal = createSeal(key, `drafts of ${account}`, randomBytes);
    // The form comes before what was typed.
    const typed = (sealed as string[]).map((text) => (seal.open(text) ?? '').slice(form.length + 1));
    return typed.map((text) => new URLSearchParams(text).get('text') ?? '');
  };
}

export async function checkSaved(
  file: string,
  saved: readonly Saved[],
  readDraft: ReadDraft = () => [],
): Promise<string[]> {
  const store = await openStore({ file, clock: () => new Date() });
  const problems: string[] = [];
  for (const one of saved) {
    const entries = (await store.log.read(one.consultation)) ?? [];
    const isKept = one.draft !== undefined && readDraft(one.draft.account, one.draft.form).includes(one.draft.text);
    if (!isKept && !entries.some((entry) => one.isIn(entry)))
      problems.push(`${one.says} of ${one.consultation} was acknowledged and is not there`);
  }
  await store.close();
  return [...problems, ...(await checkStore(file, [])), ...checkOnce(file)];
}

/**
 * The clients never change an answer, hand back or pass on, and never write the same twice, so each of these has to
 * occur exactly once.
 */
export function checkOnce(file: string): string[] {
  const raw = new Sqlite(file, { readonly: true });
  const twice = (kind: string, what: string) =>
    (
      raw
        .prepare(
          `select count(*) from (select 1 from entries where kind = ? group by consultation, ${what} having count(*) > 1)`,
        )
        .pluck() as Sqlite.Statement<[string], number>
    ).get(kind) ?? 0;
  const counts = {
    'answers saved twice': twice('answered', `json_extract(body, '$.question')`),
    'consultations claimed twice': twice('claimed', '1'),
    'handovers saved twice': twice('handed over', '1'),
    'outcomes recorded twice': twice('outcome recorded', '1'),
    'consultations reopened': twice('reopened', '1'),
    'notes saved twice': twice('noted', `json_extract(body, '$.text')`),
    'taken over twice by the same worker': twice('taken over', `json_extract(body, '$.who.id')`),
  };
  raw.close();
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`);
}
