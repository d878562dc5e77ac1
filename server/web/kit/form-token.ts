/**
 * The token in a form proves that one of our pages made it, in this browser and for this person. Nobody can make one
 * without reading the browser's cookie, nor one for an account without the server's key. So when two people use the
 * same computer, a page that the first left open does not work for the second.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/**
 * The token on pages for people without an account, or who are not signed in. `browser`: the token in the browser's
 * cookie.
 */
export function formToken(browser: string): string {
  return hash('sha256', `form ${browser}`, 'base64url').slice(0, 22);
}

/**
 * The token on pages for a signed-in person. It says for whom the page was made, so that what they type is saved only
 * for them.
 */
export function accountFormToken(key: Uint8Array, browser: string, account: string): string {
  return `${proofOf(key, browser, account)}/${account}`;
}

/**
 * The account for which the page with this token was made. Undefined if it was made for nobody, or not for this
 * browser.
 */
export function readFormAccount(key: Uint8Array, browser: string, token: string): string | undefined {
  const [proof = '', account = ''] = token.split('/');
  const expected = proofOf(key, browser, account);
  if (account === '' || proof.length !== expected.length) return undefined;
  return timingSafeEqual(Buffer.from(proof), Buffer.from(expected)) ? account : undefined;
}

function proofOf(key: Uint8Array, browser: string, account: string): string {
  return createHmac('sha256', key).update(`form ${browser} ${account}`).digest('base64url').slice(0, 22);
}
