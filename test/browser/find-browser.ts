/** Finds a browser for the tests: an installed one, else Playwright's, else the system's package. Otherwise it fails with a clear message. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export function findBrowser(): string {
  return installed() ?? fromPlaywright() ?? fromSystem() ?? fail();
}

function installed(): string | undefined {
  return [process.env.CHROME_PATH, ...PLACES].find((path) => path !== undefined && path !== '' && existsSync(path));
}

function fromPlaywright(): string | undefined {
  if (!existsSync(chromium.executablePath())) run('npx', ['playwright', 'install', 'chromium']);
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

function fromSystem(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  run('apt-get', ['update']);
  run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  return installed();
}

/** Ignores failures, because the next way is tried then. */
function run(command: string, args: string[]): void {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 240_000 });
  } catch {
    // The caller checks whether the browser was installed.
  }
}

function fail(): never {
  throw new Error(
    'No browser was found or could be installed: install Chromium or Chrome, or set CHROME_PATH to one, and run the tests again.',
  );
}
