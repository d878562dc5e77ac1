/** The start page, the doors of an area, and the search for a door. */
import { Hono } from 'hono';
import { describeEstimate } from '../../../views/kit/estimate.ts';
import type { AreaLine } from '../../../views/kit/page-context.ts';
import { renderPage } from '../../../views/kit/render.ts';
import { DoorsPage, type DoorsPageProps, type TimedDoor } from '../../../views/professional/doors.tsx';
import { SearchPage } from '../../../views/site/search.tsx';
import { StartPage } from '../../../views/site/start.tsx';
import { paths } from '../../base/paths.ts';
import type { Library, LibraryArea } from '../../flow/check/library.ts';
import { estimateLength } from '../../flow/compare/worked-cases.ts';
import { NATIONAL } from '../../flow/national.ts';
import { ANOTHER_PLACE } from '../../flow/search/found-doors.ts';
import { type Found, searchDoors } from '../../flow/search/search.ts';
import { readForm } from '../kit/form.ts';
import { areaLineOf, param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';
import { findUnfinished } from '../kit/unfinished-consultations.ts';

const NOTHING_ASKED: Found = { doors: [], danger: false };

export function start(services: Services): Hono<Env> {
  const { library } = services;
  const app = new Hono<Env>();
  const doorsOf = createDoorLists(services);
  app.get(paths.start(), async (c) => {
    const unfinished = await findUnfinished(services, c);
    const areas = areasOf(library).map(({ facts }) => facts);
    const { languages } = library;
    return c.html(renderPage(StartPage({ page: c.get('page'), areas, unfinished, languages })));
  });
  app.get(paths.area(':area'), (c) => {
    const id = param(c, 'area');
    // For a child who lives in none of the areas: the doors that are the same everywhere.
    if (id === NATIONAL) return c.html(renderPage(DoorsPage({ page: c.get('page'), ...doorsOf(id) })));
    const area = findLine(library, id);
    return c.html(renderPage(DoorsPage({ page: { ...c.get('page'), area }, ...doorsOf(id) })));
  });
  app.get(paths.search(), (c) => {
    const shown = { query: '', found: NOTHING_ASKED, areas: frontDoorsOf(library) };
    return c.html(renderPage(SearchPage({ page: c.get('page'), ...shown })));
  });
  app.post(paths.search(), async (c) => {
    const form = await readForm(c);
    const query = (form.get('words') ?? '').slice(0, 200);
    const area = areasOf(library).find(({ facts }) => facts.id === form.get('area'))?.facts.id;
    const found = searchDoors(library, query, area);
    return c.html(renderPage(SearchPage({ page: c.get('page'), query, found, areas: frontDoorsOf(library) })));
  });
  return app;
}

function findLine(library: Library, id: string): AreaLine {
  const area = areasOf(library).find(({ facts }) => facts.id === id);
  const [flow] = area?.flows.values() ?? [];
  const line = flow === undefined ? undefined : areaLineOf(flow);
  if (line === undefined) throw new WebProblem('not found');
  return line;
}

type DoorLists = Pick<DoorsPageProps, 'doors' | 'particular'>;

/** The doors of each area, computed when first asked for: the library does not change while the server runs. */
function createDoorLists(services: Services): (area: string) => DoorLists {
  const known = new Map<string, DoorLists>();
  const list = (area: string): DoorLists => {
    const everywhere = new Set(services.library.areas.get(NATIONAL)?.doors.map((door) => door.flow));
    const doors = timedDoors(services, area);
    const particular = doors.filter(({ flow }) => everywhere.has(flow));
    // If no area is known, the first door is how to find the council.
    if (area === NATIONAL) return { doors: [], particular: anotherPlaceFirst(particular) };
    return { doors: doors.filter(({ flow }) => !everywhere.has(flow)), particular };
  };
  return (area) => {
    const lists = known.get(area) ?? list(area);
    if (services.library.areas.has(area)) known.set(area, lists);
    return lists;
  };
}

/** For professionals, with the time that each takes. */
function timedDoors(services: Services, areaId: string): TimedDoor[] {
  const { library } = services;
  const area = library.areas.get(areaId);
  return (area?.doors ?? [])
    .filter((door) => door.reader === 'professional')
    .map((door) => {
      const flow = area?.flows.get(door.flow);
      const questions = flow && estimateLength({ library, flow, today: today(services) });
      return { ...door, ...(questions !== undefined && { note: describeEstimate(questions) }) };
    });
}

function anotherPlaceFirst(doors: TimedDoor[]): TimedDoor[] {
  return [...doors].sort((a, b) => Number(b.flow === ANOTHER_PLACE) - Number(a.flow === ANOTHER_PLACE));
}

/** The front doors of all areas, shown while it is not known where the child lives. */
export function frontDoorsOf(library: Library): AreaLine[] {
  return areasOf(library).flatMap(({ flows }) =>
    [...flows.values()].slice(0, 1).flatMap((flow) => areaLineOf(flow) ?? []),
  );
}

function areasOf(library: Library): LibraryArea[] {
  return [...library.areas.values()].filter((area) => area.facts.id !== NATIONAL && area.flows.size > 0);
}
