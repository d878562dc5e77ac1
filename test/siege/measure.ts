/** One attack on one server, and what a bystander notices of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Browser, type Reply } from '../bench/browser.ts';
import { journey } from '../bench/journey.ts';
import { type Served, serveProcess } from '../bench/process.ts';
import { keepLibrary, lendLibrary } from '../proved-library.ts';
import { ADDRESS_HEADER, type Attack, createTarget, hangOn, type Target } from './attacks.ts';

/** In milliseconds. */
export interface Felt {
  requests: number;
  p50: number;
  p99: number;
  /** Requests that did not get a page. */
  failed: number;
}

export interface Outcome {
  felt: Felt;
  came: string;
}

const PAUSE_MS = 50;
const LONGEST_STOP_MS = 30_000;

/** Uses the server as a person does: one request after the other, with a pause before each. */
class Bystander extends Browser {
  readonly times: number[] = [];

  override async get(path: string): Promise<Reply> {
    await wait(PAUSE_MS);
    return this.timed(await super.get(path));
  }

  override async post(...given: Parameters<Browser['post']>): Promise<Reply> {
    await wait(PAUSE_MS);
    return this.timed(await super.post(...given));
  }

  private timed(reply: Reply): Reply {
    this.times.push(reply.ms);
    return reply;
  }
}

export async function standBy(port: number, isOver: () => boolean): Promise<Felt> {
  const times: number[] = [];
  let failed = 0;
  while (!isOver()) {
    const bystander = new Bystander(port, { [ADDRESS_HEADER]: '198.51.100.4' });
    await journey(bystander).catch(() => failed++);
    times.push(...bystander.times);
    bystander.close();
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { requests: sorted.length, p50: at(0.5), p99: at(0.99), failed };
}

export async function serve<Result>(program: string, use: (served: Served) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-siege-'));
  const env = { DATA_DIR: folder, FLOWS_DIR: join(import.meta.dirname, '..', '..', 'flows'), LOG_LEVEL: 'error' };
  lendLibrary(folder);
  const served = await serveProcess([program], { ...env, ADDRESS_HEADER });
  keepLibrary(folder);
  try {
    return await use(served);
  } finally {
    served.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `attack`: undefined to measure without any attack. */
export function measure(
  program: string,
  attack: Attack | undefined,
  given: Pick<Target, 'seconds' | 'share'>,
): Promise<Outcome> {
  return serve(program, async ({ port }) => {
    const target = createTarget(port, given);
    const prepared = await attack?.prepare?.(target);
    let isOver = false;
    const felt = standBy(port, () => isOver);
    const came =
      attack === undefined ? await wait(target.seconds * 1000, 'nothing') : await attack.run(target, prepared);
    isOver = true;
    return { felt: await felt, came };
  });
}

/** Sends SIGTERM while people are served and somebody hangs on with an incomplete request. */
export function measureStop(program: string, people: number): Promise<string> {
  return serve(program, (served) => stopUnderWay(served, people));
}

export async function stopUnderWay({ port, stop }: Served, people: number): Promise<string> {
  const browsers = Array.from({ length: people }, () => new Browser(port));
  await Promise.all(browsers.map((browser) => browser.get('/areas/bury')));
  const half = hangOn(port);
  await wait(500);
  const underWay = browsers.map((browser) =>
    browser.get('/flows/bury/level').then(
      () => true,
      () => false,
    ),
  );
  // Long enough for the requests to arrive, but too short for all to be answered.
  await wait(20);
  const began = performance.now();
  const stopped = await Promise.race([stop().then(() => true), wait(LONGEST_STOP_MS, false)]);
  const seconds = (performance.now() - began) / 1000;
  half.destroy();
  const served = (await Promise.all(underWay)).filter(Boolean).length;
  for (const browser of browsers) browser.close();
  const ended = stopped ? `ended after ${seconds.toFixed(1)} s` : `not ended after ${seconds.toFixed(0)} s`;
  return `${ended}; ${served} of ${people} who were under way got their page`;
}
