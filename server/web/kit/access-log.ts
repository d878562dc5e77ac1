/** Logs what the signed-in person has seen, and decides when a row of the queue counts as seen again. */
import type { Context } from 'hono';
import type { Access } from '../../audit/access.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { personOf } from './allow.ts';
import type { Env, Services } from './services.ts';

type Kept = Pick<Access, 'what' | 'consultation' | 'body'>;

/** Reads and logs the access in one transaction: nothing is shown that was not logged. An `access` of undefined logs nothing. */
export async function readAndLog<Shown>(
  services: Services,
  c: Context<Env>,
  see: (seen: ReadInside) => Promise<{ shown: Shown; access: Kept | undefined }>,
): Promise<Shown> {
  const { id, name, role, area } = personOf(c);
  const shown = await services.store.readAndLog(async (seen) => {
    const { shown, access } = await see(seen);
    if (access === undefined) return { shown, access };
    const body = { page: c.req.path, ...access.body };
    return { shown, access: { who: { id, name, role }, area, ...access, body } };
  });
  c.set('accessLogged', true);
  return shown;
}

/** The queue polls every few seconds, so a row is logged at most once an hour for each person. Kept in memory: a restart forgets it. */
export interface QueueSight {
  /** The consultations that the person has not seen within the last hour. */
  newFor(person: string, consultations: readonly string[]): string[];
  note(person: string, consultations: readonly string[]): void;
}

const SEEN_MS = 3_600_000;

export function createQueueSight(clock: () => Date): QueueSight {
  const seen = new Map<string, Map<string, number>>();
  const oldest = () => clock().getTime() - SEEN_MS;
  return {
    newFor(person, consultations) {
      const known = seen.get(person);
      return consultations.filter((id) => (known?.get(id) ?? 0) <= oldest());
    },
    note(person, consultations) {
      const known = new Map([...(seen.get(person) ?? [])].filter(([, at]) => at > oldest()));
      for (const id of consultations) known.set(id, clock().getTime());
      seen.set(person, known);
    },
  };
}
