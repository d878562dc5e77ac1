/** Runs once before the tests of each project: builds the server and the browser's files, and gives the tests a folder for what they write. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** The folder goes with all that is in it. A worker that is stopped at its end, or killed, removes nothing itself. */
export default function setup(project: TestProject): () => void {
  execFileSync(process.execPath, ['--import', 'tsx', 'build.ts', '--if-stale'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'front-door-tests-'));
  project.config.env = { ...project.config.env, TMPDIR: folder };
  return () => rmSync(folder, { recursive: true, force: true });
}
