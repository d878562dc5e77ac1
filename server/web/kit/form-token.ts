/**
 * What a form carries to show that one of our pages made it: in this browser, and for whom. Whoever cannot read the browser's cookie can make
 * neither, and whoever has no key of the server cannot make one for an account. So a page that one person left open is not taken for the next
 * person's who signs in at the same computer.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** On a page for whoever has no account, or has not signed in. `browser`: the token of its cookie. */
export function formToken(browser: string): string {
  return hash('sha256', `form ${browser}`, 'base64url').slice(0, 22);
}

/** On a page for somebody who is signed in. It says for whom, so that what they typed is kept for them and for nobody else. */
export function accountFormToken(key: Uint8Array, browser: string, account: string): string {
  return `${proofOf(key, browser, account)}/${account}`;
}

/** The account that the page with this token was made for; undefined when we made it for none, or not in this browser. */
export function readFormAccount(key: Uint8Array, browser: string, token: string): string | undefined {
  const [proof = '', account = ''] = token.split('/');
  const expected = proofOf(key, browser, account);
  if (account === '' || proof.length !== expected.length) return undefined;
  return timingSafeEqual(Buffer.from(proof), Buffer.from(expected)) ? account : undefined;
}

function proofOf(key: Uint8Array, browser: string, account: string): string {
  return createHmac('sha256', key).update(`form ${browser} ${account}`).digest('base64url').slice(0, 22);
}
