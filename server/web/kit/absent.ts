/** Who of an area cannot be reached today. */
import type { Context } from 'hono';
import { whyAbsent } from '../../desk/absence.ts';
import { isAway } from '../../people/absence.ts';
import { personOf } from './allow.ts';
import { type Env, type Services, today } from './services.ts';

/** Id → why: who of the area is away today, or cannot sign in any more. */
export async function absentOf(services: Services, area: string): Promise<Map<string, string>> {
  const { accounts } = services.store.people;
  return whyAbsent(await accounts.listOf(area), await accounts.absencesOf(area), today(services));
}

/** The last day away of whoever asks, if they are away today. */
export async function awayUntil(services: Services, c: Context<Env>): Promise<string | undefined> {
  const { id, area } = personOf(c);
  const absence = (await services.store.people.accounts.absencesOf(area)).get(id);
  return absence !== undefined && isAway(absence, today(services)) ? absence.until : undefined;
}
