/** Checks for packages with a known weakness, according to the npm registry today. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { bad, type DoctorFinding, good, look } from './finding.ts';

const SUBJECT = 'packages';
const ASKS_MS = 10_000;
const GIVES_UP_MS = 60_000;

/** The output of `npm audit --json`, which exits with 1 if it has found something. */
const AUDIT = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })),
  metadata: z.object({ dependencies: z.object({ prod: z.number() }) }),
});

/** Severity → how soon it has to be fixed, counted from the day on which it was published: see `SECURITY.md`. */
const SOON = new Map([
  ['critical', 'within two working days'],
  ['high', 'within seven days'],
]);

/** `root`: the folder that contains the lock file. */
export async function checkPackages(root: string): Promise<DoctorFinding> {
  if (!existsSync(join(root, 'package-lock.json')))
    return look(SUBJECT, 'there is no package-lock.json here', 'run npm audit --omit dev where it was built');
  try {
    const found = AUDIT.parse(JSON.parse(await askRegistry(root)));
    return describe(Object.entries(found.vulnerabilities), found.metadata.dependencies.prod);
  } catch {
    return look(
      SUBJECT,
      'the registry of npm could not be asked for known weaknesses',
      'run npm audit --omit dev every week where it can be reached',
    );
  }
}

async function askRegistry(root: string): Promise<string> {
  const asking = ['audit', '--omit', 'dev', '--json', '--fetch-retries=0', `--fetch-timeout=${ASKS_MS}`];
  const run = promisify(execFile)('npm', asking, { cwd: root, timeout: GIVES_UP_MS, maxBuffer: 100_000_000 });
  const { stdout } = await run.catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  return stdout;
}

function describe(found: [name: string, { severity: string }][], of: number): DoctorFinding {
  if (found.length === 0) return good(SUBJECT, `of ${of} none has a known weakness`);
  const names = found.map(([name, { severity }]) => `${name} (${severity})`).join(', ');
  const worst = [...SOON.keys()].find((severity) => found.some(([, one]) => one.severity === severity));
  const todo = `see npm audit --omit dev; mend it ${SOON.get(worst ?? '') ?? 'within thirty days'} of the day it was published`;
  return (worst === undefined ? look : bad)(SUBJECT, `known weaknesses of ${names}`, todo);
}
