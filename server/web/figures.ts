/** The figures of the person's area, for the dates that are asked, as a page and as CSV. */
import { type Context, Hono } from 'hono';
import { FiguresPage } from '../../views/figures/figures.tsx';
import { renderPage } from '../../views/render.ts';
import { describeDay } from '../consultation/day.ts';
import { toCsv } from '../export/csv.ts';
import { createFigures, type Figures } from '../figures/figures.ts';
import { figureKinds } from '../figures/kinds.ts';
import { addMonths, firstDay, lastDay, type Period, quarterAround, widenToQuarters } from '../figures/period.ts';
import { figureRows } from '../figures/rows.ts';
import { parseDate } from '../flow/answer.ts';
import { paths } from '../paths.ts';
import { allow, personOf } from './allow.ts';
import { deskOf, nowOf } from './handover.ts';
import { look } from './looks.ts';
import { type Env, type Parts, today } from './parts.ts';
import { WebProblem } from './problem.ts';
import { aroundArea } from './queue.ts';

/** As national statistics of children's social care do; the configuration may say another. */
export const USUAL_FLOOR = 5;
const MOST_MONTHS = 120;
const QUARTERS = 5;

export function figures(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.figures(), ...allow('figures.see'), (c) => show(parts, c));
  app.get(paths.figuresCsv(), ...allow('figures.see'), (c) => sendCsv(parts, c));
  return app;
}

async function show(parts: Parts, c: Context<Env>) {
  const { period, values, errors } = readDates(parts, c);
  const { facts } = areaOf(parts, c);
  const page = FiguresPage({
    around: aroundArea(parts, c),
    area: facts.name,
    figures: await readFigures(parts, c, period),
    quarters: lastQuarters(today(parts)),
    values,
    ...(errors !== undefined && { errors }),
  });
  return c.html(renderPage(page), errors === undefined ? 200 : 422);
}

async function sendCsv(parts: Parts, c: Context<Env>) {
  const { period, errors } = readDates(parts, c);
  if (errors !== undefined) throw new WebProblem('not found');
  const found = await readFigures(parts, c, period);
  const rows = figureRows(found, areaOf(parts, c).facts.name, c.req.query('figure'));
  const { from, to } = period;
  await look(parts, c, async () => ({ shown: undefined, look: { what: 'export', body: { from, to } } }));
  return c.body(toCsv(rows), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="front-door-figures-${period.from}-to-${period.to}.csv"`,
  });
}

async function readFigures(parts: Parts, c: Context<Env>, period: Period): Promise<Figures> {
  const { area } = personOf(c);
  const near = widenToQuarters(period);
  const counts = await parts.store.figures.read(area, near.from, near.to);
  const kinds = figureKinds(deskOf(parts, area), areaOf(parts, c).facts, nowOf(parts));
  return createFigures(counts, { period, kinds, floor: parts.figuresFloor ?? USUAL_FLOOR });
}

function areaOf(parts: Parts, c: Context<Env>) {
  const area = parts.library.areas.get(personOf(c).area);
  if (area === undefined) throw new WebProblem('not found');
  return area;
}

function lastQuarters(day: string): Period[] {
  return Array.from({ length: QUARTERS }, (_, back) => quarterAround(addMonths(day.slice(0, 7), -3 * back)));
}

/** This quarter unless dates are given; what was typed wrong shows this quarter too, with a word beside it. */
function readDates(parts: Parts, c: Context<Env>) {
  const quarter = quarterAround(today(parts).slice(0, 7));
  const typed = { from: c.req.query('from') ?? '', to: c.req.query('to') ?? '' };
  const usual = { from: firstDay(quarter.from), to: lastDay(quarter.to) };
  const [from, to] = [parseDate(typed.from || usual.from), parseDate(typed.to || usual.to)];
  const errors: Record<string, string> = {};
  const wrong = 'Write a date, such as 27 3 2026';
  if (from === undefined) errors.from = wrong;
  if (to === undefined) errors.to = wrong;
  const period = { from: (from ?? usual.from).slice(0, 7), to: (to ?? usual.to).slice(0, 7) };
  if (from !== undefined && to !== undefined && from > to) errors.to = 'The last day has to come after the first';
  if (addMonths(period.from, MOST_MONTHS) <= period.to) errors.from = 'Choose ten years or less';
  const failed = Object.keys(errors).length > 0;
  const values = failed
    ? keepTyped(typed)
    : { from: describeDay(firstDay(period.from)), to: describeDay(lastDay(period.to)) };
  return { period: failed ? quarter : period, values, ...(failed && { errors }) };
}

function keepTyped(typed: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
}
