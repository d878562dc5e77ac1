/** Runs once before the browser tests: finds and starts the browser that they share. */
import { chromium } from 'playwright';
import { findBrowser } from './find-browser.ts';
import { prepareFonts } from './fonts.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No test may load anything from another site: such requests fail at once.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export default async function setup(): Promise<() => Promise<void>> {
  const { env, remove } = prepareFonts();
  const server = await chromium.launchServer({ executablePath: findBrowser(), args: ARGS, env });
  process.env.FRONT_DOOR_BROWSER = server.wsEndpoint();
  return async () => {
    await server.close();
    remove();
  };
}
