/**
 * The container, as far as it can be tried without an engine: assembles exactly what its last stage copies, and runs it
 * as it says.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimePackages } from '../runtime-packages.ts';

const root = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(root, 'deploy', 'Containerfile'), 'utf8').replace(/\\\n\s*/g, '');
const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')));
const folder = mkdtempSync(join(tmpdir(), 'front-door-container-'));
const [app, data] = [join(folder, 'app'), join(folder, 'data')];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const argumentsOf = (instruction: string) =>
  last.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));
const commandOf = (line: string | undefined) => JSON.parse(line?.slice(line.indexOf('[')) ?? '[]') as string[];

beforeAll(() => {
  mkdirSync(app, { recursive: true });
  mkdirSync(data, { mode: 0o700 });
  for (const line of argumentsOf('COPY')) {
    const from = /^--from=build \/app\/(\S+) /.exec(line)?.[1] ?? '';
    if (from !== 'node_modules') cpSync(join(root, from), join(app, from), { recursive: true });
  }
  for (const path of runtimePackages(root).filter((name) => existsSync(join(root, name))))
    cpSync(join(root, path), join(app, path), { recursive: true, dereference: true });
}, 120_000);

const env = Object.fromEntries(argumentsOf('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('='))));

/** Starts what CMD says, and returns what HEALTHCHECK finds. */
async function tryContainer(): Promise<{ health: number | null; said: string }> {
  const [program = '', ...rest] = commandOf(argumentsOf('CMD')[0]);
  const port = String(20_000 + (process.pid % 20_000));
  const settings = { ...env, PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: port, DATA_DIR: data };
  const child = spawn(program, rest, { cwd: app, env: settings });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
  try {
    for (let tried = 0; !said.includes('is open at') && child.exitCode === null && tried < 600; tried++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const [check = '', ...args] = commandOf(argumentsOf('HEALTHCHECK')[0]);
    return { health: spawnSync(check, args, { cwd: app, env: settings }).status, said };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

describe('the container', () => {
  it('is built in stages, and the last one runs without rights, compilers or npm', () => {
    expect(lines.filter((line) => line.startsWith('FROM'))).toHaveLength(2);
    expect(last.indexOf('USER node')).toBeGreaterThan(-1);
    expect(last.indexOf('USER node')).toBeLessThan(last.findIndex((line) => line.startsWith('CMD')));
    expect(argumentsOf('RUN').join()).not.toMatch(/apt-get|npm (ci|install)|g\+\+/);
    expect(argumentsOf('RUN').join()).toContain('rm -rf /usr/local/lib/node_modules');
    expect(argumentsOf('COPY').every((line) => line.startsWith('--from=build /app/'))).toBe(true);
  });

  it('contains only what it needs to run: no tools for building, testing or linting', () => {
    const names = runtimePackages(root).map((path) => path.replace('node_modules/', ''));
    for (const tool of [
      'esbuild',
      'sass',
      'tsx',
      'typescript',
      'vitest',
      'playwright',
      '@biomejs/biome',
      'govuk-frontend',
    ])
      expect(names).not.toContain(tool);
    expect(names).toContain('better-sqlite3');
  });

  it('starts, is healthy, and runs its commands, with only what it copies', async () => {
    const { health, said } = await tryContainer();
    expect(said).toContain('is open at');
    expect(health).toBe(0);
    const run = (...args: string[]) =>
      execFileSync(process.execPath, args, {
        cwd: app,
        env: { PATH: process.env.PATH ?? '', DATA_DIR: data },
        encoding: 'utf8',
      });
    const first = run('dist/first-administrator.js', 'bury', 'A. Person', 'a.person@example.gov.uk');
    expect(first).toContain('A. Person');
    expect(run('dist/backup.js')).toMatch(/The backup is in .*\.sqlite/);
    expect(run('dist/restore.js')).toContain('This was a drill');
    expect(run('dist/verify.js')).toContain('The log is as it was written');
    expect(run('dist/erase.js')).toContain('Nothing was erased');
    const doctor = spawnSync(process.execPath, ['dist/doctor.js'], {
      cwd: app,
      env: { DATA_DIR: data },
      encoding: 'utf8',
    });
    expect(doctor.stdout).toMatch(/good {2}flows: \d+ flows/);
  }, 180_000);

  it('is unhealthy if nothing answers', () => {
    const [check = '', ...args] = commandOf(argumentsOf('HEALTHCHECK')[0]);
    expect(spawnSync(check, args, { env: { PATH: process.env.PATH ?? '', PORT: '1' } }).status).toBe(1);
  });
});
