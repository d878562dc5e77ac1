/** The telephone numbers on one page, which professionals can keep on their device for when there is no network. */
import { Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { NumbersPage } from '../../../views/site/numbers.tsx';
import { NUMBERS_CACHE, paths } from '../../base/paths.ts';
import { type ShownContact, showContact } from '../../consultation/result.ts';
import type { LibraryArea } from '../../flow/check/library.ts';
import { NATIONAL } from '../../flow/national.ts';
import { type Env, type Services, today } from '../kit/services.ts';
import { readBuilt } from './statics.ts';

/** For anybody, in the order of need. */
const FOR_ALL = ['police_999', 'childline', 'nspcc', 'police_101'];

export function numbers(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { assets, builtFiles } = services;
  const kept = {
    cache: NUMBERS_CACHE,
    page: paths.numbers(),
    files: [assets.styles, assets.restOfStyles, assets.numbers, assets.exit, assets.icon],
  };
  const worker = `self.FRONT_DOOR_KEPT = ${JSON.stringify(kept)};\n${readBuilt(builtFiles, 'numbers-worker.js')}`;
  app.get(paths.numbers(), (c) => {
    const day = today(services);
    const groups = groupsOf(services, day);
    return c.html(renderPage(NumbersPage({ page: c.get('page'), day, groups })));
  });
  app.get(paths.numbersManifest(), (c) =>
    c.json(manifestOf(assets.icon), 200, { 'Content-Type': 'application/manifest+json' }),
  );
  app.get(paths.numbersWorker(), (c) => c.body(worker, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  return app;
}

function groupsOf({ library }: Services, day: string) {
  const areas = [...library.areas.values()];
  const national = areas.find(({ facts }) => facts.id === NATIONAL);
  return [
    { title: 'Anywhere', contacts: contactsIn(national, FOR_ALL, day) },
    ...areas
      .filter((area) => area !== national && area.flows.size > 0)
      .map((area) => {
        const { name, frontDoor, outOfHours } = area.facts;
        return { title: name, contacts: contactsIn(area, [frontDoor, ...(outOfHours ? [outOfHours] : [])], day) };
      }),
  ];
}

function contactsIn(area: LibraryArea | undefined, ids: readonly string[], day: string): ShownContact[] {
  const flows = [...(area?.flows.values() ?? [])];
  return ids.flatMap((id) => {
    const flow = flows.find(({ contacts }) => Object.hasOwn(contacts, id));
    return flow === undefined ? [] : [showContact(flow, id, day)];
  });
}

function manifestOf(icon: string) {
  return {
    name: 'Front Door: the numbers',
    short_name: 'Numbers',
    start_url: paths.numbers(),
    scope: paths.numbers(),
    display: 'standalone',
    background_color: '#f6f4ef',
    theme_color: '#0b3a44',
    icons: [{ src: icon, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
