/** `npm run engines`: walks the journeys of each kind of reader in Firefox and WebKit, where they are installed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveProcess } from '../bench/process.ts';
import { type Engine, NotInstalled } from './engine.ts';
import { openFirefox } from './firefox.ts';
import { JOURNEYS, walkJourney } from './journeys.ts';
import { openWebkit } from './webkit.ts';

const data = mkdtempSync(join(tmpdir(), 'front-door-engines-'));
const served = await serveProcess(['dist/main.js'], { DATA_DIR: data });
let failed = 0;
let walked = 0;
try {
  for (const open of [openFirefox, openWebkit]) await walkAll(open);
} finally {
  await served.stop();
  rmSync(data, { recursive: true, force: true });
}
console.log(`${walked} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function walkAll(open: () => Promise<Engine>): Promise<void> {
  let engine: Engine;
  try {
    engine = await open();
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    console.log(error.message);
    return;
  }
  try {
    for (const journey of JOURNEYS) await walkOne(engine, journey);
  } finally {
    await engine.close();
  }
}

async function walkOne(engine: Engine, journey: (typeof JOURNEYS)[number]): Promise<void> {
  try {
    await walkJourney(engine, `http://127.0.0.1:${served.port}`, journey);
    walked++;
    console.log(`${engine.name}: ${journey.name}`);
  } catch (error) {
    failed++;
    console.error(`${engine.name}: ${journey.name}: ${(error as Error).message}`);
  }
}
