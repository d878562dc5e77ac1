/** Before the tests in a browser, once: finds it and opens it. All of them share it. */
import { chromium } from 'playwright';
import { findBrowser } from './find-browser.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No test asks another site for anything: whoever tries is told at once that there is none.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export default async function setup(): Promise<() => Promise<void>> {
  const server = await chromium.launchServer({ executablePath: findBrowser(), args: ARGS });
  process.env.FRONT_DOOR_BROWSER = server.wsEndpoint();
  return () => server.close();
}
