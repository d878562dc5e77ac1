/** The real app on a real database, and browsers that keep their cookies. */

import { createApp } from '../../../server/app.ts';
import type { Library } from '../../../server/flow/check/library.ts';
import type { Organisation } from '../../../server/people/organisation.ts';
import { createClock, openTemporary } from '../../store/temporary.ts';
import { realLibrary as library } from '../app.ts';
import { createServices, logInto } from '../services.ts';
import { createBrowser } from './browser.ts';
import { createMembers } from './members.ts';

export interface DeskAppOptions {
  organisation?: Organisation;
  /** The real content, unless a test has changed it. */
  library?: Library;
  /** `as asked`: the origin is the one that the browser asks at. */
  origin?: 'as asked';
}

export async function openDeskApp(options: DeskAppOptions = {}) {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const logged: string[] = [];
  const services = createServices({
    library: options.library ?? library,
    store,
    clock,
    log: logInto(logged, clock),
    signing: {
      publicUrl: options.origin === undefined ? 'http://front-door.test' : undefined,
      organisation: options.organisation,
      addressHeader: 'x-real-ip',
    },
  });
  const app = createApp(services);
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
