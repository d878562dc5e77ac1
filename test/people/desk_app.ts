/** The real app on a real database, and browsers that keep their cookies. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createApp } from '../../server/app.ts';
import { hashCode, makeCode } from '../../server/consultation/code.ts';
import { loadLibrary, readFolder } from '../../server/flow/library.ts';
import { createHasher } from '../../server/people/hasher.ts';
import type { Organisation } from '../../server/people/organisation.ts';
import type { Role } from '../../server/people/person.ts';
import { createSeal } from '../../server/people/seal.ts';
import { makeTotpSecret, totpCode } from '../../server/people/totp.ts';
import { createTalks } from '../../server/store/talks.ts';
import { readAssets } from '../../server/web/statics.ts';
import { createClock, openTemporary } from '../store/temporary.ts';
import { type Browser, createBrowser } from './browser.ts';

const root = join(import.meta.dirname, '..', '..');
const distDir = join(root, 'static', 'dist');
/** Once a file, before its tests. */
const { library } = loadLibrary(readFolder(join(root, 'flows')), '2026-11-22');

export const PASSWORD = 'seven lamps under a wooden stair';

export interface Member {
  id: string;
  email: string;
  secret: string;
  area: string;
  role: Role;
}

export interface DeskAppOptions {
  organisation?: Organisation;
  /** `as asked`: the origin is the one that the browser asks at. */
  origin?: 'as asked';
}

export async function openDeskApp(options: DeskAppOptions = {}) {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const logged: string[] = [];
  const signing = {
    hasher: createHasher(),
    seal: createSeal(randomBytes(32), 'second factors', randomBytes),
    challengeKey: randomBytes(32),
    publicUrl: options.origin === undefined ? 'http://front-door.test' : undefined,
    organisation: options.organisation,
    addressHeader: 'x-real-ip',
  };
  const parts = {
    library,
    store,
    talks: createTalks(clock),
    assets: readAssets(distDir),
    distDir,
    clock,
    random: randomBytes,
    secure: false,
    log: (line: string) => void logged.push(line),
    signing,
  };
  const app = createApp(parts);

  /** An account that has joined, without going through the pages. */
  async function addMember(role: Role, area = 'bury', name = `A ${role}`): Promise<Member> {
    const [secret, code] = [makeTotpSecret(randomBytes), makeCode(randomBytes)];
    const email = `${randomBytes(6).toString('hex')}@example.gov.uk`;
    const id = await store.people.accounts.invite({ email, name, role, area, hash: hashCode(code) }, 'command');
    if (id === undefined) throw new Error('the address is taken');
    await store.people.factors.join({
      account: id,
      invitation: hashCode(code),
      passwordHash: await signing.hasher.hash(PASSWORD),
      totp: { secret: signing.seal.close(secret), step: 0 },
      recoveryCodes: [],
      tokenHash: randomBytes(32).toString('base64url'),
      browser: randomBytes(32).toString('base64url'),
    });
    return { id, email, secret, area, role };
  }

  /** Through the sign-in page; `code` as the app would show it. The clock moves on, so that no code is used twice. */
  function signIn(browser: Browser, member: Member, more: Record<string, string> = {}) {
    clock.pass(1);
    const code = totpCode(member.secret, clock());
    return browser.post('/sign-in', { email: member.email, password: PASSWORD, code, ...more }, '/sign-in');
  }

  return {
    app,
    parts,
    store,
    clock,
    logged,
    addMember,
    signIn,
    openBrowser: (address?: string) => createBrowser(app, address),
    /** A browser in which a new person with this role is signed in. */
    async openDesk(role: Role, area = 'bury') {
      const member = await addMember(role, area);
      const browser = createBrowser(app);
      const answer = await signIn(browser, member);
      if (answer.status !== 303) throw new Error(`${role} was not signed in: ${answer.status}`);
      return Object.assign(browser, { member });
    },
  };
}
