/**
 * Runs once before the tests of each project: builds the server and the browser's files, and provides a folder for what
 * tests write.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/**
 * The folder is deleted at the end with everything in it, because a worker that is stopped or killed deletes nothing
 * itself.
 */
export default function setup(project: TestProject): () => void {
  execFileSync(process.execPath, ['--import', 'tsx', 'build.ts', '--if-stale'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'front-door-tests-'));
  project.config.env = { ...project.config.env, TMPDIR: folder };
  return () => rmSync(folder, { recursive: true, force: true });
}
