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
