/**
 * `npm run engines`: walks the journeys of each kind of reader and each role at the desk in Firefox and WebKit, if they
 * are installed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { paths } from '../../server/base/paths.ts';
import { openDesk } from '../bench/desk-app.ts';
import { DESK_JOURNEYS, walkDeskJourney } from './desk-journeys.ts';
import { type Engine, NotInstalled } from './engine.ts';
import { openFirefox } from './firefox.ts';
import { createHand, type Hand } from './hand.ts';
import { JOURNEYS, walkJourney } from './journeys.ts';
import { openWebkit } from './webkit.ts';

const data = mkdtempSync(join(tmpdir(), 'front-door-engines-'));
const desk = await openDesk({ file: join(data, 'data', 'front-door.sqlite') });
const server = serve({ fetch: desk.app.fetch, port: 0, hostname: '127.0.0.1' });
await new Promise((listening) => server.once('listening', listening));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
let failed = 0;
let walked = 0;
try {
  for (const open of [openFirefox, openWebkit]) await walkAll(open);
} finally {
  server.close();
  await desk.store.close();
  rmSync(data, { recursive: true, force: true });
}
console.log(`${walked} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function walkAll(open: () => Promise<Engine>): Promise<void> {
  let engine: Engine;
  try {
    engine = await open();
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    console.log(error.message);
    return;
  }
  const hand = createHand(engine, origin);
  try {
    for (const journey of JOURNEYS)
      await walkOne({ engine, hand }, journey.name, () => walkJourney(engine, origin, journey));
    for (const journey of DESK_JOURNEYS)
      await walkOne({ engine, hand }, journey.name, () => walkDeskJourney(hand, desk, journey));
  } finally {
    await engine.close();
  }
}

async function walkOne(
  { engine, hand }: { engine: Engine; hand: Hand },
  name: string,
  walk: () => Promise<void>,
): Promise<void> {
  try {
    // As for somebody who has never been here: WebKit only deletes the cookies of the page that is open.
    await hand.go(paths.start());
    await engine.forget();
    await hand.go(paths.start());
    await walk();
    walked++;
    console.log(`${engine.name}: ${name}`);
  } catch (error) {
    failed++;
    console.error(`${engine.name}: ${name}: ${(error as Error).message}`);
  }
}
