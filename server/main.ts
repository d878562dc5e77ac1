/** Starts the server: configuration, flow library, database, app. Shuts down cleanly on SIGTERM. */

import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { createMacs } from './audit/mac.ts';
import { localDay } from './base/days.ts';
import { paths } from './base/paths.ts';
import { createRandom } from './base/random.ts';
import { addressToOpen, type Config, ConfigProblem, readConfig } from './config.ts';
import type { Library } from './flow/check/library.ts';
import { NoContent } from './flow/language/folder.ts';
import { describeProblem, hasErrors } from './flow/problem.ts';
import { limitServer, ResponseInTwoParts } from './http-server.ts';
import { startJobs } from './jobs.ts';
import { endUnlessListening } from './listening.ts';
import type { MailConfig } from './mail/sender.ts';
import { createLogger, type Logger } from './monitoring/logger.ts';
import type { ServedMetrics } from './monitoring/metrics.ts';
import { noMetrics } from './monitoring/no-metrics.ts';
import { type Opened, openLibrary } from './open-library.ts';
import { OPEN_PORT, serverNumber } from './server-number.ts';
import { createSigning } from './signing.ts';
import { openAuditKey } from './store/checkpoints.ts';
import { StoreProblem } from './store/failure.ts';
import { peopleKeyFile } from './store/people-key.ts';
import { databaseFile, openStore, type Store } from './store/store.ts';
import { hrefOf } from './web/api/read.ts';
import { createAnonymousConversations } from './web/kit/anonymous-conversations.ts';
import type { Services } from './web/kit/services.ts';
import { readAssets, readBuiltFiles } from './web/site/statics.ts';
import { createCourier, startCourier } from './webhooks/courier.ts';
import { createReach, type Reach } from './webhooks/reach.ts';
import { createWebhookSender } from './webhooks/sender.ts';

class FlowProblem extends Error {}

/** Their messages are for an operator; anything else is a fault of ours, and shown with its stack. */
const EXPECTED = [ConfigProblem, FlowProblem, NoContent, StoreProblem];

async function main(): Promise<void> {
  const config = readConfig(readArguments(process.argv.slice(2), process.env));
  const clock = () => new Date();
  const log = createLogger({ level: config.logLevel, clock });
  const open = (port: number) => console.log(`Front Door is open at ${addressToOpen(config.host, port)}`);
  if (config.servers > 1 && serverNumber() === undefined) {
    const { runServers } = await import('./servers.ts');
    return runServers({ count: config.servers, log, onOpen: open });
  }
  await serveAlone(config, { clock, log, open });
}

/** `--servers N` is the same as the setting. */
function readArguments(args: string[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  try {
    const { values } = parseArgs({ args, options: { servers: { type: 'string' } } });
    return values.servers === undefined ? env : { ...env, SERVERS: values.servers };
  } catch (error) {
    throw new ConfigProblem(`${(error as Error).message}. npm start takes --servers, such as npm start -- --servers 2`);
  }
}

interface Surroundings extends Pick<Services, 'clock' | 'log'> {
  /** Called with the port once it is listening. */
  open(port: number): void;
}

async function serveAlone(config: Config, { clock, log, open }: Surroundings): Promise<void> {
  const metrics = await openMetrics(config);
  const { library, running, readAhead } = await openSafeLibrary(config, localDay(clock()));
  const services = await openServices(config, { library, running, clock, log, metrics: metrics ?? noMetrics });
  const app = createApp(services);
  const { port, host: hostname } = config;
  const jobs = startJobs(services);
  // Before the port of the readers, so that nobody is let in by a server that then ends.
  const stopMetrics = await serveMetrics(config, { services, metrics, checkpointedAt: jobs.checkpointedAt });
  const serverOptions = { ServerResponse: ResponseInTwoParts };
  const server = serve({ fetch: app.fetch, port, hostname, serverOptions }, ({ port }) => {
    if (serverNumber() === undefined) open(port);
    else process.send?.({ [OPEN_PORT]: port });
    setImmediate(readAhead);
  });
  void endUnlessListening(server as Server, { setting: 'PORT', hostname, port });
  const stopServer = limitServer(server as Server);
  const { mail } = config;
  const stopPost = mail === undefined ? undefined : await openPost(mail, { ...services, publicUrl: config.publicUrl });
  const stopCourier = openCourier(services, createReach(config.webhookNetworks));
  stopWhenAsked(async () => {
    jobs.stop();
    const [{ finished, cutOff }] = await Promise.all([stopServer(), stopPost?.(), stopCourier(), stopMetrics()]);
    log.info('stopped', { finished, cutOff });
    await services.store.close();
  });
}

/** Stops once, however often it is asked; the process ends when everything has stopped. */
function stopWhenAsked(stop: () => Promise<void>): void {
  let stopping = false;
  const stopOnce = () => {
    if (stopping) return;
    stopping = true;
    void stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stopOnce);
  process.once('SIGINT', stopOnce);
  // The parent process has ended, and the port with it.
  process.once('disconnect', stopOnce);
}

type Given = Pick<Services, 'clock' | 'log' | 'metrics'> & Pick<Opened, 'library' | 'running'>;

async function openServices(config: Config, { library, running, clock, log, metrics }: Given): Promise<Services> {
  const hasMail = (area: string) => config.mail?.to.has(area) ?? false;
  const file = databaseFile(config.dataDir);
  const random = createRandom(randomBytes);
  const store = await openStore({ ...config, file, clock, hasMail, random, onCommit: metrics.commit });
  const signing = await openSigning(config, { store, running });
  const builtFiles = readBuiltFiles(join(import.meta.dirname, '..', 'static', 'dist'));
  const common = { library, clock, random, secure: config.secure };
  return {
    ...common,
    conversations: createAnonymousConversations({ ...common, key: signing.conversationKey }),
    store,
    assets: readAssets(builtFiles),
    builtFiles,
    figuresFloor: config.figuresFloor,
    servers: config.servers,
    allowsWebhook: createReach(config.webhookNetworks).allows,
    hasMail,
    signing,
    log,
    metrics,
  };
}

/** Throws `StoreProblem` if people.key is another one than before, or another server is running with another one. */
async function openSigning(config: Config, { store, running }: Pick<Services, 'store'> & Pick<Opened, 'running'>) {
  const { dataDir, peopleKeyReplaced } = config;
  const { key, noteReplaced } = await store.peopleKeys.open(dataDir, peopleKeyReplaced).catch(closing(store));
  const signing = await createSigning(config, key);
  const own = { peopleKey: signing.formKey, peopleKeyFile: peopleKeyFile(dataDir) };
  await store.otherServers.join({ ...running, ...own }).catch(closing(store));
  await noteReplaced();
  return signing;
}

/** An open store would keep the process from ending. */
function closing(store: Store): (problem: unknown) => Promise<never> {
  return async (problem) => {
    await store.close();
    throw problem;
  };
}

/** Loads prom-client only if metrics are configured. */
async function openMetrics({ metricsAddress }: Config): Promise<ServedMetrics | undefined> {
  if (metricsAddress === undefined) return undefined;
  const { createMetrics } = await import('./monitoring/metrics.ts');
  return createMetrics();
}

interface MetricsNeeds {
  services: Services;
  metrics: ServedMetrics | undefined;
  checkpointedAt: () => Date;
}

/** Each of several servers serves its metrics on its own port. Returns a function that stops it. */
async function serveMetrics({ metricsAddress }: Config, needs: MetricsNeeds): Promise<() => Promise<void>> {
  const { services, metrics, checkpointedAt } = needs;
  if (metricsAddress === undefined || metrics === undefined) return async () => {};
  const { createMetricsApp } = await import('./web/site/metrics.ts');
  const { host: hostname } = metricsAddress;
  const port = metricsAddress.port === 0 ? 0 : metricsAddress.port + (serverNumber() ?? 0);
  const { fetch } = createMetricsApp({ ...services, metrics, checkpointedAt });
  const server = serve({ fetch, port, hostname }, ({ port }) =>
    services.log.info('the metrics are served', { host: hostname, port }),
  );
  await endUnlessListening(server as Server, { setting: 'METRICS_ADDRESS', hostname, port });
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Prints the library's problems. Throws a `FlowProblem` if any is an error: the server must not start on flows that may be unsafe. */
async function openSafeLibrary(config: Config, today: string): Promise<Opened> {
  const { flowsDir, dataDir } = config;
  const mac = () => createMacs(openAuditKey(config)).library;
  const opened = await openLibrary({ flowsDir, dataDir, mac }, today);
  for (const problem of opened.problems) console.error(describeProblem(problem));
  if (hasErrors(opened.problems))
    throw new FlowProblem('The flows are broken, or not safe. The server does not start on them; mend the above.');
  return opened;
}

/** Starts sending webhook deliveries. Returns a function that stops it. */
function openCourier({ store, signing, clock, log }: Services, reach: Reach): () => Promise<void> {
  const openSecret = (sealed: string) => signing.seal.open(sealed);
  const sender = createWebhookSender(reach);
  const { deliveries } = store;
  return startCourier(createCourier({ deliveries, sender, openSecret, hrefOf, clock, log }), log);
}

interface PostNeeds {
  library: Library;
  store: Store;
  clock: () => Date;
  log: Logger;
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

/**
 * Runs the server until it is asked to stop. A problem before it is listening is printed, and ends the process with 1.
 */
export async function start(): Promise<void> {
  try {
    await main();
  } catch (error) {
    const expected = EXPECTED.some((problem) => error instanceof problem);
    console.error(expected ? (error as Error).message : error);
    // A connection that was open already must not keep a process that serves nobody alive.
    process.exit(1);
  }
}

// `npm run dev` runs this file directly; the built one is started by `launch.ts`.
if (import.meta.filename.endsWith('.ts')) void start();
