/** The figures of the signed-in person's area for the requested dates, as a page and as CSV. */
import { type Context, Hono } from 'hono';
import { ExploitationFiguresPage } from '../../../views/figures/exploitation.tsx';
import { FiguresPage } from '../../../views/figures/figures.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { toCsv } from '../../export/csv.ts';
import { EXPLOITATION } from '../../figures/exploitation-facts.ts';
import { exploitationKinds } from '../../figures/exploitation-kinds.ts';
import { createFigures, type Figures } from '../../figures/figures.ts';
import { figureKinds } from '../../figures/kinds.ts';
import { type Period, widenToQuarters } from '../../figures/period.ts';
import { figureRows } from '../../figures/rows.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, mayDo, personOf } from '../kit/allow.ts';
import { WebProblem } from '../kit/problem.ts';
import { deskOf, type Env, nowOf, type Services, today } from '../kit/services.ts';
import { lastQuarters, readDates } from './figures-period.ts';
import { pageOfArea } from './queue.ts';
import { asksWhatWorked } from './what-worked.ts';

/** Smaller numbers are hidden, as in the national statistics of children's social care. The configuration can change it. */
const USUAL_FLOOR = 5;

export function figures(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.figures(), ...allow('figures.see'), (c) => showFigures(services, c));
  app.get(paths.figuresCsv(), ...allow('figures.see'), (c) => sendCsv(services, c));
  app.get(paths.exploitationFigures(), ...allow('figures.see'), (c) => showExploitation(services, c));
  app.get(paths.exploitationFiguresCsv(), ...allow('figures.see'), (c) => sendExploitationCsv(services, c));
  return app;
}

async function showFigures(services: Services, c: Context<Env>) {
  const { period, values, errors } = readDates(services, c);
  const { facts } = areaOf(services, c);
  const page = FiguresPage({
    page: pageOfArea(services, c),
    area: facts.name,
    figures: await count(services, c, period, allFigures(services, c)),
    ...(mayDo(c, 'figures.see unhidden', { area: personOf(c).area }) && {
      own: await count(services, c, period, { ...allFigures(services, c), floor: NOTHING_HIDDEN }),
    }),
    quarters: lastQuarters(today(services)),
    values,
    worked: mayDo(c, 'worked.see', { area: personOf(c).area }) && asksWhatWorked(deskOf(services, personOf(c).area)),
    ...(errors !== undefined && { errors }),
  });
  return c.html(renderPage(page), errors === undefined ? 200 : 422);
}

async function showExploitation(services: Services, c: Context<Env>) {
  const { period, values, errors } = readDates(services, c);
  const page = ExploitationFiguresPage({
    page: pageOfArea(services, c),
    area: areaOf(services, c).facts.name,
    figures: await count(services, c, period, exploitation(services, c)),
    ...(mayDo(c, 'figures.see unhidden', { area: personOf(c).area }) && {
      own: await count(services, c, period, { ...exploitation(services, c), floor: NOTHING_HIDDEN }),
    }),
    quarters: lastQuarters(today(services)),
    values,
    ...(errors !== undefined && { errors }),
  });
  return c.html(renderPage(page), errors === undefined ? 200 : 422);
}

async function sendExploitationCsv(services: Services, c: Context<Env>) {
  const { period, errors } = readDates(services, c);
  if (errors !== undefined) throw new WebProblem('not found');
  return sendRows(c, services, {
    name: 'exploitation',
    period,
    found: await count(services, c, period, exploitation(services, c)),
  });
}

interface Sent {
  name: string;
  period: Period;
  found: Figures;
  only?: string | undefined;
}

async function sendRows(c: Context<Env>, services: Services, { name, period, found, only }: Sent) {
  const rows = figureRows(found, areaOf(services, c).facts.name, only);
  const { from, to } = period;
  await readAndLog(services, c, async () => ({ shown: undefined, access: { what: 'export', body: { from, to } } }));
  return c.body(toCsv(rows), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="front-door-${name}-${period.from}-to-${period.to}.csv"`,
  });
}

async function sendCsv(services: Services, c: Context<Env>) {
  const { period, errors } = readDates(services, c);
  if (errors !== undefined) throw new WebProblem('not found');
  const found = await count(services, c, period, allFigures(services, c));
  return sendRows(c, services, { name: 'figures', period, found, only: c.req.query('figure') });
}

const NOTHING_HIDDEN = 1;

interface Wanted {
  kinds: Parameters<typeof createFigures>[1]['kinds'];
  part?: Parameters<typeof createFigures>[1]['part'];
}

/** Counts the wanted figures over the area's quarters around the period. `floor`: numbers below it are hidden. */
async function count(services: Services, c: Context<Env>, period: Period, wanted: Wanted & { floor?: number }) {
  const near = widenToQuarters(period);
  const counts = await services.store.figures.read(personOf(c).area, near.from, near.to);
  return createFigures(counts, { period, floor: services.figuresFloor ?? USUAL_FLOOR, ...wanted });
}

function allFigures(services: Services, c: Context<Env>): Wanted {
  return { kinds: figureKinds(deskOf(services, personOf(c).area), areaOf(services, c).facts, nowOf(services)) };
}

/** Only for children who are on a pathway. */
function exploitation(services: Services, c: Context<Env>): Wanted {
  const words = (total: number) =>
    `${total === 1 ? '1 child is' : `${total} children are`} on a pathway, or have been.`;
  return {
    kinds: exploitationKinds(deskOf(services, personOf(c).area), areaOf(services, c).instruments),
    part: { id: EXPLOITATION, title: 'Children on a pathway', words },
  };
}

function areaOf(services: Services, c: Context<Env>) {
  const area = services.library.areas.get(personOf(c).area);
  if (area === undefined) throw new WebProblem('not found');
  return area;
}
