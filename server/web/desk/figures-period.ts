/** The period of a figures page: one of the last quarters, or the dates that somebody typed. */
import type { Context } from 'hono';
import { addMonths, describeDay, firstDay, lastDay, monthOf, readDay } from '../../base/days.ts';
import { type Period, quarterAround } from '../../figures/period.ts';
import { type Env, type Services, today } from '../kit/services.ts';

const MOST_MONTHS = 120;
const QUARTERS = 5;

export function lastQuarters(day: string): Period[] {
  return Array.from({ length: QUARTERS }, (_, back) => quarterAround(addMonths(monthOf(day), -3 * back)));
}

/** This quarter unless dates are given. Invalid dates fall back to this quarter, with an error beside the field. */
export function readDates(services: Services, c: Context<Env>) {
  const now = today(services);
  const quarter = quarterAround(monthOf(now));
  const typed = { from: c.req.query('from') ?? '', to: c.req.query('to') ?? '' };
  const usual = { from: firstDay(quarter.from), to: lastDay(quarter.to) };
  const errors: Record<string, string> = {};
  const read = (name: 'from' | 'to') => {
    const reading = readDay(typed[name] || usual[name], { today: now });
    if (!reading.ok) errors[name] = reading.problem;
    return reading.ok ? reading.day : undefined;
  };
  const [from, to] = [read('from'), read('to')];
  const period = { from: monthOf(from ?? usual.from), to: monthOf(to ?? usual.to) };
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
