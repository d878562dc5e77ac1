/** Before all tests, once: what browsers load, and the server, as built files. */
import { execFileSync } from 'node:child_process';

export default function setup(): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'build.ts', '--if-stale'], { stdio: 'inherit' });
}
