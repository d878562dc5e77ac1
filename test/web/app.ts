/**
 * The real app with the real content and a real database in a temporary folder, for visitors without scripts and for
 * browsers.
 */

import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { type Library, loadLibrary } from '../../server/flow/check/library.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { describeProblem, hasErrors, type Problem } from '../../server/flow/problem.ts';
import { openLibrary } from '../../server/open-library.ts';
import type { Store } from '../../server/store/store.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { libraryMac } from '../proved-library.ts';
import { realFiles } from '../real-content.ts';
import { copyEmpty, createClock, openAt } from '../store/temporary.ts';
import { openInTurn, SERVERS } from './in-turn.ts';
import { createServices, logInto, type TestServices } from './services.ts';
import { Visitor } from './visitor.ts';

const root = join(import.meta.dirname, '..', '..');
export const TODAY = '2026-11-22';

const flowsDir = join(root, 'flows');
/** The content that the app shows, without cases and safety rules: they are large, and have their own tests. */
export const contentFiles: readonly ContentFile[] = realFiles.filter(
  ({ name }) => !/^(cases|safety)\.yaml$/.test(name),
);

/** Reads files that a test has changed. */
export function readLibrary(files: readonly ContentFile[]): Library {
  return sound(loadLibrary([...files], CONTENT_DAY, 'parts'));
}

function sound({ library, problems }: { library: Library; problems: Problem[] }): Library {
  if (hasErrors(problems)) throw new Error(problems.map(describeProblem).join('\n'));
  return library;
}

/** The checked library is cached for the next test file, as the server caches it for its next start. */
const keptIn = join(root, 'node_modules', '.cache', 'front-door-library');
/** The real library. */
export const realLibrary: Library = sound(
  await openLibrary({ flowsDir, dataDir: keptIn, mac: () => libraryMac(keptIn) }, CONTENT_DAY),
);

export interface Opened {
  services: TestServices;
  store: Store & { file: string };
  clock: ReturnType<typeof createClock>;
  /** Lines that the server logged. */
  log: string[];
  /** A new browser. `address`: its client address. */
  visit(address?: string): Visitor;
  /** Listens on a free port. Returns its URL, such as `http://127.0.0.1:40123`. */
  listen(): Promise<string>;
}

export interface Changes {
  library: Library;
  store: Store;
  file: string;
  clock: ReturnType<typeof createClock>;
  secure: boolean;
  /** Milliseconds that a write waits for another program that writes. */
  patienceMs: number;
  /** Several servers on one database, asked in turn. */
  servers: number;
}

export async function openApp(changes: Partial<Changes> = {}): Promise<Opened> {
  const { clock = createClock(), patienceMs, servers = SERVERS } = changes;
  const file = changes.file ?? (await copyEmpty());
  const store = changes.store ?? (await openAt({ file, clock, ...(patienceMs !== undefined && { patienceMs }) }));
  if (changes.store === undefined) onTestFinished(() => store.close());
  const log: string[] = [];
  const services = createServices({
    library: changes.library ?? realLibrary,
    store,
    clock,
    log: logInto(log, clock),
    secure: changes.secure ?? false,
    servers,
  });
  const app = await openInTurn(services, servers, file);
  const visit = (address = '192.0.2.1') => {
    const incoming = { socket: { remoteAddress: address } } as IncomingMessage;
    return new Visitor((path, init) => app.request(path, init, { incoming }));
  };
  return { services, store: { ...store, file }, clock, log, visit, listen: () => listen(app.fetch) };
}

async function listen(fetch: Parameters<typeof createAdaptorServer>[0]['fetch']): Promise<string> {
  const server = createAdaptorServer({ fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
