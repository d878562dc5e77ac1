/** The whole app over one database file, and a browser in which somebody is signed in. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createApp } from '../../server/app.ts';
import { hashCode, makeCode } from '../../server/consultation/code.ts';
import { loadLibrary, readFolder } from '../../server/flow/library.ts';
import { createHasher } from '../../server/people/hasher.ts';
import type { Role } from '../../server/people/person.ts';
import { createSeal } from '../../server/people/seal.ts';
import { makeTotpSecret, totpCode } from '../../server/people/totp.ts';
import { openStore } from '../../server/store/store.ts';
import { createTalks } from '../../server/store/talks.ts';
import { readAssets } from '../../server/web/statics.ts';
import { createBrowser } from '../people/browser.ts';

const root = join(import.meta.dirname, '..', '..');
const distDir = join(root, 'static', 'dist');
const { library } = loadLibrary(readFolder(join(root, 'flows')), '2026-11-22');
const PASSWORD = 'seven lamps under a wooden stair';

export type BenchDesk = Awaited<ReturnType<typeof openDesk>>;

export async function openDesk(file: string) {
  let now = new Date('2026-11-22T09:00:00.000Z');
  const clock = () => now;
  const store = await openStore({ file, clock });
  const seal = createSeal(randomBytes(32), 'second factors', randomBytes);
  const signing = {
    hasher: createHasher(),
    seal,
    challengeKey: randomBytes(32),
    publicUrl: 'http://front-door.test',
    addressHeader: 'x-real-ip',
  };
  const log = (line: string) => console.error(line);
  const common = { library, store, talks: createTalks(clock), assets: readAssets(distDir), distDir, clock };
  const app = createApp({ ...common, random: randomBytes, secure: false, log, signing });
  return {
    store,
    library,
    setClock: (date: Date) => {
      now = date;
    },
    async signIn(role: Role, area: string) {
      const [secret, code] = [makeTotpSecret(randomBytes), makeCode(randomBytes)];
      const email = `${randomBytes(6).toString('hex')}@example.gov.uk`;
      const account = await store.people.accounts.invite(
        { email, name: 'Bench', role, area, hash: hashCode(code) },
        'command',
      );
      await store.people.factors.join({
        account: account ?? '',
        invitation: hashCode(code),
        passwordHash: await signing.hasher.hash(PASSWORD),
        totp: { secret: seal.close(secret), step: 0 },
        recoveryCodes: [],
        tokenHash: randomBytes(32).toString('base64url'),
        browser: randomBytes(32).toString('base64url'),
      });
      now = new Date(now.getTime() + 60_000);
      const browser = createBrowser(app);
      await browser.post('/sign-in', { email, password: PASSWORD, code: totpCode(secret, now) }, '/sign-in');
      return browser;
    },
  };
}
