/** Commands as an operator or an author runs them, each as a separate process. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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

it.each(['backup', 'doctor', 'erase', 'paper', 'restore', 'verify'])(
  '%s names its options if one is unknown, and does nothing',
  (name) => {
    const folder = makeFolder();
    const args = name === 'paper' ? ['--import', 'tsx', 'server/commands/paper.ts'] : [program(name)];
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
