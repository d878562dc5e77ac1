/** Runs once before the quick tests: puts their databases in memory if the system has a file system for that. */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';

const IN_MEMORY = '/dev/shm';
const ENOUGH = 2 ** 30;

/**
 * The quick tests commit thousands of times, and waiting for the disk would take longer than everything else. In a
 * memory file system nothing waits. SQLite and its settings are the same; tests that depend on a disk, such as kills,
 * are in the project "processes".
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
