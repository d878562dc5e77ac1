/** Before all tests, once: the built files, and a browser. */
import { execFileSync } from 'node:child_process';
import { findBrowser } from './find-browser.ts';

export default function setup(): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'build.ts', '--if-stale'], { stdio: 'inherit' });
  process.env.FRONT_DOOR_BROWSER = findBrowser();
}
