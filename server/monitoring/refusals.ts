/**
 * Logs refused requests for operators: somebody tries something that they may not do, sends what none of our forms
 * sends, or sends very much. Of each kind only the 1st, 10th, 100th and so on in an hour is logged, so that a flood
 * does not fill the log. No address is logged, and nothing that was sent; the proxy's log has the addresses.
 */
import type { Logger } from './logger.ts';

interface Refused {
  method: string;
  /** The route's pattern, such as `/consultations/:id/notes`. */
  route: string;
  status: number;
  /** Id of the request. */
  request: string;
}

/** Statuses that are logged: not signed in, not allowed, too large, wrong type, wrong content, too many. */
const LOGGED: ReadonlySet<number> = new Set([401, 403, 413, 415, 422, 429]);
const HOUR_MS = 3_600_000;

/** Logs an answered request if it was refused. */
export function createRefusalNotes(log: Pick<Logger, 'warn'>, clock: () => Date): (refused: Refused) => void {
  const counts = new Map<string, number>();
  let hour = 0;
  return ({ method, route, status, request }) => {
    if (!LOGGED.has(status) || isNeverLogged(route, status)) return;
    const now = Math.floor(clock().getTime() / HOUR_MS);
    if (now !== hour) counts.clear();
    hour = now;
    const kind = `${status} ${method} ${route}`;
    const times = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, times);
    if (Number.isInteger(Math.log10(times))) log.warn('refused', { status, method, route, times, request });
  };
}

/**
 * A slip in a conversation of the public or of a child is harmless, and a log line would show when somebody asked for
 * help.
 */
function isNeverLogged(route: string, status: number): boolean {
  return status === 422 && route.startsWith('/talk');
}
