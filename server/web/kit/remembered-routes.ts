/**
 * Finds the handlers of a request. Hono's router searches its tree each time, which takes as long as a large part of
 * the answer. This router caches the result by method and path, with a placeholder for ids, so that all consultations
 * share one result.
 */
import type { Params, Result, Router } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';

/** Id of a consultation, an account or something else of ours. */
const ID = /(?<=\/)[\w-]{22}(?=\/|$)/;
const STAND_IN = 'A'.repeat(22);
/** There are some hundreds of paths. Paths that strangers make up must not fill the memory. */
const MOST_REMEMBERED = 2000;

/** Each parameter is stored as the index of its value in `values`; index 0 is the id. */
interface Remembered<Handler> {
  handlers: [Handler, Record<string, number>][];
  values: string[];
}

export class RememberedRoutes<Handler> implements Router<Handler> {
  readonly name = 'RememberedRoutes';
  private readonly routes = new TrieRouter<Handler>();
  private readonly remembered = new Map<string, Remembered<Handler>>();
  /** Words in routes that look like an id. */
  private readonly words = new Set<string>([STAND_IN]);

  add(method: string, path: string, handler: Handler): void {
    this.routes.add(method, path, handler);
    for (const word of path.split('/')) if (word.length === STAND_IN.length) this.words.add(word);
  }

  match(method: string, path: string): Result<Handler> {
    const found = ID.exec(path);
    const id = found?.[0];
    if (id !== undefined && this.words.has(id)) return this.routes.match(method, path);
    const key =
      found === null ? path : path.slice(0, found.index) + STAND_IN + path.slice(found.index + STAND_IN.length);
    const known = this.remembered.get(`${method} ${key}`) ?? this.find(method, key);
    return [known.handlers, id === undefined ? known.values : [id, ...known.values.slice(1)]];
  }

  private find(method: string, path: string): Remembered<Handler> {
    const found = this.routes.match(method, path) as [[Handler, Params][]];
    const values = [STAND_IN];
    const handlers = found[0].map(([handler, params]): [Handler, Record<string, number>] => {
      const places = Object.entries(params).map(([name, value]) => [name, placeOf(values, value)] as const);
      return [handler, Object.fromEntries(places)];
    });
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    const known = { handlers, values };
    this.remembered.set(`${method} ${path}`, known);
    return known;
  }
}

/** Index of the value, which is added at the end if it is missing. */
function placeOf(values: string[], value: string): number {
  const place = values.indexOf(value);
  return place === -1 ? values.push(value) - 1 : place;
}
