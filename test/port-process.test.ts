/** The real server, at a port that it cannot have. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from './running-server.ts';
import { makeFolder } from './store/temporary.ts';

async function takePort(): Promise<string> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  return String((other.address() as AddressInfo).port);
}

/** In words, without a stack. */
async function refusal(env: Record<string, string>): Promise<string> {
  const said = await startServer({ env: { DATA_DIR: join(makeFolder(), 'data'), ...env } }).then(
    (server) => server.stop().then(() => 'it started'),
    (error: Error) => error.message,
  );
  expect(said).not.toMatch(/^ +at |Unhandled/m);
  return said;
}

it('a port that another program has ends the start, naming the setting and what to do', async () => {
  const port = await takePort();
  const words = `does not start: another program listens at 127.0.0.1:${port}`;
  expect(await refusal({ PORT: port })).toMatch(new RegExp(`^it ended with 1: .*${words}.*give another PORT`, 's'));
  expect(await refusal({ PORT: port, SERVERS: '2' })).toMatch(new RegExp(`${words}.*give another PORT`, 's'));
  expect(await refusal({ HOST: '192.0.2.1' })).toMatch(/192.0.2.1 is no address of this machine.*to do: {4}give one/s);
}, 120_000);

it('an address of metrics that cannot be had ends the start before readers are let in, also with several servers', async () => {
  const port = await takePort();
  const taken = new RegExp(
    `^it ended with 1: The server does not start: another program listens at 127.0.0.1:${port}\n.*expected: .*METRICS_ADDRESS.*to do: {4}.*give another METRICS_ADDRESS`,
    's',
  );
  expect(await refusal({ METRICS_ADDRESS: `127.0.0.1:${port}` })).toMatch(taken);
  // The second server takes the port after that of the first, and is not started again and again.
  const before = String(Number(port) - 1);
  const second = await refusal({ METRICS_ADDRESS: `127.0.0.1:${before}`, SERVERS: '2' });
  expect(second).toContain(`another program listens at 127.0.0.1:${port}\n`);
  expect(second).not.toContain('a server was started again');
  for (const host of ['192.0.2.1', 'no-such-host.invalid'])
    expect(await refusal({ METRICS_ADDRESS: `${host}:9464` })).toMatch(
      new RegExp(`: The server does not start: ${host} is no address of this machine\n.*to do: {4}give one`, 's'),
    );
}, 120_000);
