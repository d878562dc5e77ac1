/** The whole app over one database, and a browser in which somebody is signed in. */

import { createApp } from '../../server/app.ts';
import { createLogger } from '../../server/monitoring/logger.ts';
import { openStore } from '../../server/store/store.ts';
import { loadReal } from '../real-content.ts';
import { createBrowser } from '../web/people/browser.ts';
import { createMembers } from '../web/people/members.ts';
import { createServices } from '../web/services.ts';

const library = loadReal();

export type BenchDesk = Awaited<ReturnType<typeof openDesk>>;

/** Where a database is: in a file, or in PostgreSQL with its keys beside the file. */
export interface Place {
  file: string;
  databaseUrl?: string | undefined;
}

export async function openDesk(place: Place) {
  let now = new Date('2026-11-22T09:00:00.000Z');
  const clock = () => now;
  const setClock = (date: Date) => {
    now = date;
  };
  const store = await openStore({ ...place, clock });
  const services = createServices({
    library,
    store,
    clock,
    log: createLogger({ level: 'info', clock }),
    signing: { publicUrl: 'http://front-door.test', addressHeader: 'x-real-ip' },
  });
  const app = createApp(services);
  const members = createMembers(app, services, (minutes) => setClock(new Date(now.getTime() + minutes * 60_000)));
  return {
    app,
    services,
    store,
    library,
    setClock,
    addMember: members.addMember,
    signIn: members.openDesk,
    openBrowser: () => createBrowser(app),
  };
}
