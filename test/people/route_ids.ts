/** For the parts of a route that name something: one of the own area, one of another area, one that is not there. */
import type { openDeskApp } from './desk_app.ts';

export interface Ids {
  own: Record<string, string>;
  foreign: Record<string, string>;
  missing: Record<string, string>;
}

const NONE: Ids = { own: {}, foreign: {}, missing: { id: 'AAAAAAAAAAAAAAAAAAAAAA' } };

/** By the beginning of the path; a route with ids of another kind gets a line here. */
export async function findIds(desk: Awaited<ReturnType<typeof openDeskApp>>): Promise<(path: string) => Ids> {
  const [own, foreign] = [await desk.addMember('duty worker', 'bury'), await desk.addMember('duty worker', 'bolton')];
  const people: Ids = { ...NONE, own: { id: own.id }, foreign: { id: foreign.id } };
  return (path) => {
    if (!path.includes(':')) return NONE;
    if (path.startsWith('/people/:id')) return people;
    throw new Error(`What do the ids of ${path} name? Say so in test/people/route_ids.ts`);
  };
}
