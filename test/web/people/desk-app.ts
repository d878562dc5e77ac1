/** The real app on a real database, and browsers that keep their cookies. */

import type { Library } from '../../../server/flow/check/library.ts';
import type { Organisation } from '../../../server/people/organisation.ts';
import type { StoreOptions } from '../../../server/store/store.ts';
import { createClock, openTemporary } from '../../store/temporary.ts';
import { realLibrary as library } from '../app.ts';
import { openInTurn, SERVERS } from '../in-turn.ts';
import { createServices, logInto } from '../services.ts';
import { createBrowser } from './browser.ts';
import { createMembers } from './members.ts';

export interface DeskAppOptions {
  organisation?: Organisation;
  /** The real library by default. */
  library?: Library;
  /** `as asked`: the origin is the one in the browser's request. */
  origin?: 'as asked';
  /** Several servers on one database, asked in turn. */
  servers?: number;
  hasMail?: StoreOptions['hasMail'];
}

export async function openDeskApp(options: DeskAppOptions = {}) {
  const { servers = SERVERS } = options;
  const clock = createClock();
  const store = await openTemporary({ clock, ...(options.hasMail !== undefined && { hasMail: options.hasMail }) });
  const logged: string[] = [];
  const services = createServices({
    library: options.library ?? library,
    store,
    clock,
    log: logInto(logged, clock),
    servers,
    signing: {
      publicUrl: options.origin === undefined ? 'http://front-door.test' : undefined,
      organisation: options.organisation,
      addressHeader: 'x-real-ip',
    },
  });
  const app = await openInTurn(services, servers, store.file);
  return {
    app,
    services,
    store,
    clock,
    logged,
    ...createMembers(app, services, clock.pass),
    openBrowser: (address?: string) => createBrowser(app, address),
  };
}
