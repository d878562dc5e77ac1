/** Commands as an operator or an author runs them, each as a separate process. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program, root } from './running-server.ts';
import { makeFolder } from './store/temporary.ts';

it('npm run paper writes a single self-contained file, and lists the known names if the name is wrong', () => {
  const folder = makeFolder();
  const run = (...args: string[]) =>
    execFileSync('node', ['--import', 'tsx', 'server/commands/paper.ts', ...args], { encoding: 'utf8', stdio: 'pipe' });
  expect(run('bury/level', folder).trim()).toBe(join(folder, 'bury-level.html'));
  const html = readFileSync(join(folder, 'bury-level.html'), 'utf8');
  expect(html).toContain('<style>');
  expect(html).not.toMatch(/<script|rel="stylesheet"/);
  expect(() => run('bury/levle', folder)).toThrow(/Did you mean "bury\/level"/);
}, 60_000);

it.each([[], ['--yes'], ['--clean']])('erase %s where there is no database says so, and makes none', (...args) => {
  const DATA_DIR = join(makeFolder(), 'data');
  const env = { ...process.env, DATA_DIR };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program('erase'), ...args], {
    env,
    encoding: 'utf8',
  });
  expect([status, stdout, existsSync(DATA_DIR)]).toEqual([1, '', false]);
  expect(stderr).toMatch(
    new RegExp(
      `^There is nothing to erase yet: there is no database ${DATA_DIR}/front-door\\.sqlite.*DATABASE_URL`,
      's',
    ),
  );
});

it('calendar FILE.ics writes a calendar file', () => {
  const folder = makeFolder();
  const file = join(folder, 'dates.ics');
  const env = { ...process.env, DATA_DIR: join(folder, 'data') };
  const said = execFileSync(process.execPath, [program('calendar'), file], { env, encoding: 'utf8' });
  expect(said).toMatch(/\d+ dates are written/);
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(12);
  expect(text).toContain('UID:backup@front-door');
}, 60_000);

it.each(['backup', 'doctor', 'erase', 'paper', 'restore', 'seed', 'verify'])(
  '%s names its options if one is unknown, and does nothing',
  (name) => {
    const folder = makeFolder();
    const isBuilt = name !== 'paper' && name !== 'seed';
    const args = isBuilt ? [program(name)] : ['--import', 'tsx', `server/commands/${name}.ts`];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--everything'], {
      env: { ...process.env, DATA_DIR: join(folder, 'data'), BACKUP_DIR: join(folder, 'backups') },
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Unknown option '--everything'\. It takes (no options|--.*)\. Nothing was done\n$/);
    expect(readdirSync(folder)).toEqual([]);
  },
  60_000,
);

it('npm run check:flows says so if FLOWS_DIR is not a folder', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'server/commands/check-flows.ts'], {
    env: { ...process.env, FLOWS_DIR: '/nowhere/at/all' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    'FLOWS_DIR names "/nowhere/at/all", and there is no such folder. Name the folder that holds national/ and the areas.\n',
  );
});

it('npm run sbom lists what runs, in CycloneDX, each with a licence that allows our use', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [npm = '', ...args] = (scripts.sbom ?? '').split(' ');
  const bill = JSON.parse(execFileSync(npm, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })) as {
    bomFormat: string;
    components: {
      name: string;
      version: string;
      licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
    }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = bill.components.map(({ name }) => name);
  expect(names).toContain('better-sqlite3');
  expect(names).not.toContain('vitest');
  // Its licence is only named in its licence file.
  expect(readFileSync(join(root, 'node_modules', 'png-js', 'LICENSE'), 'utf8')).toContain('MIT');
  const free = /^\(?(MIT|ISC|BSD|Apache-2\.0|0BSD|OFL-1\.1|Unlicense|CC0|BlueOak|MIT-0|Python-2\.0|WTFPL|Zlib)/;
  const licenceOf = ({ licenses = [] }: (typeof bill.components)[number]) =>
    licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? '').join();
  expect(
    bill.components
      .filter((component) => component.name !== 'png-js' && !free.test(licenceOf(component)))
      .map((one) => `${one.name}: ${licenceOf(one)}`),
  ).toEqual([]);
});

describe('npm run seed', () => {
  const seed = (env: Record<string, string>) => {
    const given = { ...process.env, ...env };
    const args = ['--import', 'tsx', 'server/commands/seed.ts'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: given, encoding: 'utf8' });
    expect(stderr).not.toMatch(/^ +at |hunter2/m);
    return { status, stdout, stderr };
  };
  const refusal = (env: Record<string, string>) => {
    const { status, stdout, stderr } = seed(env);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/\n {2}expected: .*\n {2}to do: {4}/);
    return stderr;
  };

  it('says in words what it cannot do, and has then added nobody', () => {
    const folder = makeFolder();
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const DATA_DIR = join(folder, 'data');
    expect(refusal({ DATA_DIR, DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/fd' })).toMatch(
      /The database cannot be opened: .*nothing listens there: postgres:\/\/127\.0\.0\.1:1\/fd.*to do: {4}start the database/s,
    );
    expect(refusal({ DATA_DIR: join(file, 'data') })).toMatch(/cannot be opened for writing.*set DATA_DIR to another/s);
    expect(refusal({ DATA_DIR, FLOWS_DIR: empty })).toMatch(
      new RegExp(`content is read from ${empty}, and there is none`),
    );
    expect(refusal({ DATA_DIR, FLOWS_DIR: file })).toContain(`The content cannot be read from ${file}: ENOTDIR`);
    expect(readdirSync(folder).includes('data') ? readdirSync(DATA_DIR) : []).toEqual([]);
  }, 60_000);

  it('adds invented people once, and never beside others', () => {
    const DATA_DIR = join(makeFolder(), 'data');
    const first = seed({ DATA_DIR });
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout.match(/recovery code, once/g)).toHaveLength(15);
    expect(refusal({ DATA_DIR })).toMatch(
      new RegExp(`^${DATA_DIR} has accounts already\\. Nobody was added\n.*DATA_DIR=trial npm run seed`, 's'),
    );
  }, 60_000);
});

it('without content the server does not start, and the doctor says so among all else', () => {
  const DATA_DIR = join(makeFolder(), 'data');
  const FLOWS_DIR = join(makeFolder(), 'none');
  const run = (name: string) =>
    spawnSync(process.execPath, [program(name)], { env: { ...process.env, DATA_DIR, FLOWS_DIR }, encoding: 'utf8' });
  const started = run('main');
  expect([started.status, started.stdout]).toEqual([1, '']);
  expect(started.stderr).toMatch(
    new RegExp(`^The content cannot be read from ${FLOWS_DIR}: .*\n {2}expected: .*\n.*FLOWS_DIR\n$`),
  );
  const examined = run('doctor');
  expect(examined.stdout).toContain(`BAD   flows: The content cannot be read from ${FLOWS_DIR}`);
  expect(examined.stdout).toContain('good  database: there is none yet');
}, 60_000);
