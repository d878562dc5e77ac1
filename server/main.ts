/** The process: config → database → flow library → app → listen. Stops cleanly on SIGTERM. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { ConfigProblem, readConfig } from './config.ts';
import { describeProblem, hasErrors } from './flow/problem.ts';
import { openLibrary } from './open-library.ts';
import { createSigning } from './signing.ts';
import { StoreProblem } from './store/failure.ts';
import { databaseFile, openStore } from './store/store.ts';
import { createTalks } from './store/talks.ts';
import { localDay } from './web/parts.ts';
import { readAssets } from './web/statics.ts';

const SWEEP_EVERY_MS = 10 * 60_000;

class FlowProblem extends Error {}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const clock = () => new Date();
  const { library, problems } = openLibrary(config.flowsDir, config.dataDir, localDay(clock()));
  for (const problem of problems) console.error(describeProblem(problem));
  if (hasErrors(problems))
    throw new FlowProblem('The flows are broken, or not safe. The server does not start on them; mend the above.');
  const store = await openStore({ file: databaseFile(config.dataDir), clock });
  const distDir = join(import.meta.dirname, '..', 'static', 'dist');
  const log = (line: string) => console.error(`${clock().toISOString()} ${line}`);
  const talks = createTalks(clock);
  const parts = {
    talks,
    library,
    store,
    assets: readAssets(distDir),
    distDir,
    clock,
    random: randomBytes,
    secure: config.secure,
    figuresFloor: config.figuresFloor,
    signing: createSigning(config),
    log,
  };
  const app = createApp(parts);
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, ({ port }) => {
    console.log(`Front Door is open at http://${config.host}:${port}`);
  });
  const sweep = () => {
    talks.sweep();
    store.sessions.sweep().catch((error: unknown) => log(String(error)));
    store.people.sweep().catch((error: unknown) => log(String(error)));
  };
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS);
  const stop = () => {
    clearInterval(sweeping);
    server.close(() => void store.close().then(() => process.exit(0)));
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  await main();
} catch (error) {
  const expected = error instanceof ConfigProblem || error instanceof FlowProblem || error instanceof StoreProblem;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
