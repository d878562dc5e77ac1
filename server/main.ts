/** Starts the server: configuration, flow library, database, app. Shuts down cleanly on SIGTERM. */

import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { localDay } from './base/days.ts';
import { paths } from './base/paths.ts';
import { addressToOpen, type Config, ConfigProblem, readConfig } from './config.ts';
import type { Library } from './flow/check/library.ts';
import { describeProblem, hasErrors } from './flow/problem.ts';
import { limitServer } from './http-server.ts';
import type { MailConfig } from './mail/sender.ts';
import { openLibrary } from './open-library.ts';
import { createSigning } from './signing.ts';
import { type AnonymousConversations, createAnonymousConversations } from './store/anonymous-conversations.ts';
import { StoreProblem } from './store/failure.ts';
import { databaseFile, openStore, type Store } from './store/store.ts';
import { readAssets } from './web/site/statics.ts';

const SWEEP_EVERY_MS = 10 * 60_000;
const HEAD_EVERY_MS = 5000;

class FlowProblem extends Error {}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const clock = () => new Date();
  const library = await openSafeLibrary(config, localDay(clock()));
  const { mail } = config;
  const hasMail = (area: string) => mail?.to.has(area) ?? false;
  const store = await openStore({ ...config, file: databaseFile(config.dataDir), clock, hasMail });
  const distDir = join(import.meta.dirname, '..', 'static', 'dist');
  const log = (line: string) => console.error(`${clock().toISOString()} ${line}`);
  const conversations = createAnonymousConversations(clock);
  const services = {
    conversations,
    library,
    store,
    assets: readAssets(distDir),
    distDir,
    clock,
    random: randomBytes,
    secure: config.secure,
    figuresFloor: config.figuresFloor,
    hasMail,
    signing: await createSigning(config),
    log,
  };
  const app = createApp(services);
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, ({ port }) => {
    console.log(`Front Door is open at ${addressToOpen(config.host, port)}`);
  });
  const stopServer = limitServer(server as Server);
  const stopPost = mail === undefined ? undefined : await openPost(mail, { ...services, publicUrl: config.publicUrl });
  const stopJobs = startJobs(services);
  const stop = () => {
    stopJobs();
    const posted = stopPost?.();
    void Promise.all([stopServer(), posted])
      .then(([{ finished, cutOff }]) => log(`stopped: ${finished} requests were finished, ${cutOff} were cut off`))
      .then(() => store.close())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Prints the library's problems. Throws a `FlowProblem` if any is an error: the server must not start on flows that may be unsafe. */
async function openSafeLibrary({ flowsDir, dataDir }: Config, today: string): Promise<Library> {
  const { library, problems } = await openLibrary(flowsDir, dataDir, today);
  for (const problem of problems) console.error(describeProblem(problem));
  if (hasErrors(problems))
    throw new FlowProblem('The flows are broken, or not safe. The server does not start on them; mend the above.');
  return library;
}

interface JobNeeds {
  conversations: AnonymousConversations;
  store: Store;
  log: (line: string) => void;
}

/** Removes what has expired and writes checkpoints, at regular intervals. Returns a function that stops both. */
function startJobs({ conversations, store, log }: JobNeeds): () => void {
  const fail = (error: unknown) => log(String(error));
  const sweep = () => {
    conversations.sweep();
    store.sessions.sweep().catch(fail);
    store.people.sweep().catch(fail);
  };
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS);
  const heading = setInterval(() => store.checkpoints.write().catch(fail), HEAD_EVERY_MS);
  return () => {
    clearInterval(sweeping);
    clearInterval(heading);
  };
}

interface PostNeeds {
  library: Library;
  store: Store;
  clock: () => Date;
  log: (line: string) => void;
  publicUrl: string | undefined;
}

/** Starts sending mail. Returns a function that stops it. */
async function openPost(config: MailConfig, needs: PostNeeds): Promise<() => Promise<void>> {
  const { library, store, clock, log, publicUrl } = needs;
  const [{ createPost, startPost }, { createSender }] = await Promise.all([
    import('./mail/post.ts'),
    import('./mail/sender.ts'),
  ]);
  const areas = new Map([...library.areas].map(([id, area]) => [id, area.facts.name]));
  const desk = publicUrl === undefined ? {} : { desk: publicUrl + paths.desk() };
  const post = createPost({ mails: store.mails, sender: createSender(config), config, clock, areas, log, ...desk });
  return startPost(post, log);
}

try {
  await main();
} catch (error) {
  const expected = error instanceof ConfigProblem || error instanceof FlowProblem || error instanceof StoreProblem;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
