/** What worked in one quarter. Reading it is logged in the same transaction. */
import { type Context, Hono } from 'hono';
import { WorkedPage } from '../../../views/figures/what-worked.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { addDays, firstDay, lastDay, startOfDay } from '../../base/days.ts';
import { paths } from '../../base/paths.ts';
import { readWorked } from '../../desk/what-worked.ts';
import type { Period } from '../../figures/period.ts';
import type { Desk } from '../../flow/desk.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, personOf } from '../kit/allow.ts';
import { WebProblem } from '../kit/problem.ts';
import { deskOf, type Env, type Services, today } from '../kit/services.ts';
import { lastQuarters, readDates } from './figures-period.ts';
import { pageOfArea } from './queue.ts';

const MOST = 100;

export function whatWorked(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.worked(), ...allow('worked.see'), (c) => showWhatWorked(services, c));
  return app;
}

/** Only areas whose documents ask for it have a field for what worked. */
export function asksWhatWorked({ fields }: Desk): boolean {
  return fields.some(({ listedAs }) => listedAs === 'what worked');
}

async function showWhatWorked(services: Services, c: Context<Env>) {
  const { area } = personOf(c);
  if (!asksWhatWorked(deskOf(services, area))) throw new WebProblem('not found');
  const { period, values, errors } = readDates(services, c);
  const { found, more } = await readAndLog(services, c, async (seen) => {
    const shown = await readAll(seen, area, period);
    const ids = shown.found.map(({ line }) => line.consultation);
    return { shown, access: { what: 'view', body: { ...period, shown: ids } } };
  });
  const page = WorkedPage({
    page: pageOfArea(services, c),
    area: services.library.areas.get(area)?.facts.name ?? area,
    period,
    quarters: lastQuarters(today(services)),
    values,
    ...(errors !== undefined && { errors }),
    found,
    more,
  });
  return c.html(renderPage(page), errors === undefined ? 200 : 422);
}

async function readAll({ desk, log }: ReadInside, area: string, { from, to }: Period) {
  const span = { from: startOfDay(firstDay(from)), before: startOfDay(addDays(lastDay(to), 1)) };
  const lines = await desk.search(area, { ...span, worked: true }, MOST);
  const found = [];
  for (const line of lines.slice(0, MOST)) {
    const text = readWorked((await log.read(line.consultation)) ?? []);
    if (text !== undefined) found.push({ line, worked: text });
  }
  return { found, more: lines.length > MOST };
}
