/** Several servers on one database behind one port: `npm start -- --servers 2`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Browser } from './bench/browser.ts';
import { answerOf, journey } from './bench/journey.ts';

const MINUTES = 240_000;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'front-door-servers-'));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  child: ChildProcess;
  said(): string;
  ended: Promise<number | null>;
}

function start(args: string[]): Running {
  const child = spawn(process.execPath, ['dist/main.js', ...args], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data') },
  });
  started.push(child);
  let said = '';
  const hear = (text: Buffer) => {
    said += text.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return { child, said: () => said, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function openPort({ said }: Running): Promise<number> {
  await expect.poll(said, { timeout: MINUTES / 2 }).toMatch(/open at http:\S+:\d+/);
  return Number(/open at http:\S+:(\d+)/.exec(said())?.[1]);
}

/** The processes that the first process started. */
function serversOf({ child }: Running): number[] {
  const text = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
  return text.trim().split(' ').map(Number);
}

it.skipIf(process.platform !== 'linux')(
  'two servers share the work, and nobody notices when one dies or is replaced',
  async () => {
    const running = start(['--servers', '2']);
    const port = await openPort(running);
    const before = serversOf(running);
    expect(before).toHaveLength(2);

    // This browser opens a new connection for each request, so that both servers get some.
    const clicks = async (many: number) => {
      const talk = new Browser(port, { Connection: 'close' });
      await journey(talk);
      const page = (await talk.get('/talk?for=child')).body;
      const token = /name="token" value="([^"]*)"/.exec(page)?.[1] ?? '';
      expect(
        (
          await talk.post('/talk', [
            ['token', token],
            ['reader', 'child'],
            ['anew', 'yes'],
          ])
        ).status,
      ).toBe(303);
      for (let count = 0; count < many; count++) {
        const open = (await talk.get(`${(await talk.get('/talk')).headers.location}`)).body;
        expect(open).toContain('name="question"');
        if (count === 0) expect((await talk.post('/talk/answers', answerOf(open), true)).status).toBe(200);
      }
    };
    await clicks(4);

    process.kill(before[0] as number, 'SIGKILL');
    await clicks(4);
    await expect.poll(running.said, { timeout: 60_000 }).toContain('a server was started again');
    expect(running.said()).toContain('a server ended');
    expect(serversOf(running).filter((pid) => !before.includes(pid))).toHaveLength(1);

    const second = serversOf(running);
    let replaced = false;
    const untilReplaced = expect
      .poll(running.said, { timeout: MINUTES / 2 })
      .toContain('all servers were replaced')
      .then(() => {
        replaced = true;
      });
    running.child.kill('SIGHUP');
    while (!replaced) await clicks(2);
    await untilReplaced;
    expect(serversOf(running).filter((pid) => second.includes(pid))).toEqual([]);

    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  },
  MINUTES,
);

it(
  'an invalid command line is reported',
  async () => {
    const [wrong, none] = [start(['--serverz', '2']), start(['--servers', 'two'])];
    expect([await wrong.ended, await none.ended]).toEqual([1, 1]);
    expect(wrong.said()).toContain('npm start takes --servers, such as npm start -- --servers 2');
    expect(none.said()).toContain('SERVERS is "two". Give a number from 1 to 64');
  },
  MINUTES,
);
