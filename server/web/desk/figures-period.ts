/** For which months somebody asks: the last quarters, and dates as people write them. */
import type { Context } from 'hono';
import { describeDay } from '../../consultation/day.ts';
import { addMonths, firstDay, lastDay, type Period, quarterAround } from '../../figures/period.ts';
import { parseDate } from '../../flow/walk/answer.ts';
import { type Env, type Services, today } from '../kit/services.ts';

const MOST_MONTHS = 120;
const QUARTERS = 5;

export function lastQuarters(day: string): Period[] {
  return Array.from({ length: QUARTERS }, (_, back) => quarterAround(addMonths(day.slice(0, 7), -3 * back)));
}

/** This quarter unless dates are given; what was typed wrong shows this quarter too, with a word beside it. */
export function readDates(services: Services, c: Context<Env>) {
  const quarter = quarterAround(today(services).slice(0, 7));
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
