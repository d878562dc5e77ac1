/** Desk users for tests: created directly in the store, signed in through the pages. */
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { hashCode, makeCode } from '../../../server/consultation/code.ts';
import type { Role } from '../../../server/people/permissions.ts';
import { makeTotpSecret, totpCode } from '../../../server/people/totp.ts';
import type { Env, Services } from '../../../server/web/kit/services.ts';
import { type Browser, createBrowser } from './browser.ts';

export const PASSWORD = 'seven lamps under a wooden stair';

export interface Member {
  id: string;
  email: string;
  secret: string;
  area: string;
  role: Role;
}

/** `pass`: moves the clock on by this many minutes. */
export function createMembers(app: Hono<Env>, { store, signing, clock }: Services, pass: (minutes: number) => void) {
  /** Creates an account that has accepted its invitation. */
  async function addMember(role: Role, area = 'bury', name = `A ${role}`): Promise<Member> {
    const [secret, code] = [makeTotpSecret(randomBytes), makeCode(randomBytes)];
    const email = `${randomBytes(6).toString('hex')}@example.gov.uk`;
    const id = await store.people.accounts.invite({ email, name, role, area, hash: hashCode(code) }, 'command');
    if (id === undefined) throw new Error('the address is taken');
    await store.people.secondFactors.join({
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

  /**
   * Signs in through the page; `code` is what the app would show. The clock advances, so that no code is used twice.
   */
  function signIn(browser: Browser, member: Member, more: Record<string, string> = {}) {
    pass(1);
    const code = totpCode(member.secret, clock());
    return browser.post('/sign-in', { email: member.email, password: PASSWORD, code, ...more }, '/sign-in');
  }

  return {
    addMember,
    signIn,
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
