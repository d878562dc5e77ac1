/** Which people of an area cannot work today. */
import type { Context } from 'hono';
import { whyAbsent } from '../../desk/absence.ts';
import { isAway } from '../../people/absence.ts';
import { personOf } from './allow.ts';
import { type Env, type Services, today } from './services.ts';

/** Account id → why: the person is away today, or can no longer sign in. */
export async function absentOf(services: Services, area: string): Promise<Map<string, string>> {
  const { accounts } = services.store.people;
  return whyAbsent(await accounts.listOf(area), await accounts.absencesOf(area), today(services));
}

/** The last day on which the signed-in person is away; undefined if they are not away today. */
export async function awayUntil(services: Services, c: Context<Env>): Promise<string | undefined> {
  const { id, area } = personOf(c);
  const absence = (await services.store.people.accounts.absencesOf(area)).get(id);
  return absence !== undefined && isAway(absence, today(services)) ? absence.until : undefined;
}
