/** Runs once before the quick tests: their databases are in memory where the system has a file system for that. */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';

const IN_MEMORY = '/dev/shm';
const ENOUGH = 2 ** 30;

/**
 * The quick tests commit thousands of times, and each commit waits for the disk: together longer than all else takes. In a file system in
 * memory nothing waits. SQLite and its settings are the same; what depends on a disk, such as the kills, is among the processes.
 */
export default function setup(project: TestProject): (() => void) | undefined {
  if (!hasRoom(IN_MEMORY)) return undefined;
  const folder = mkdtempSync(`${IN_MEMORY}/front-door-quick-`);
  project.config.env = { ...project.config.env, TMPDIR: folder };
  return () => rmSync(folder, { recursive: true, force: true });
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > ENOUGH;
  } catch {
    return false;
  }
}
