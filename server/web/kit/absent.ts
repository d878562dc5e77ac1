/** Who of an area cannot be reached today. */
import { whyAbsent } from '../../desk/absence.ts';
import { type Services, today } from './services.ts';

/** Id → why: who of the area is away today, or cannot sign in any more. */
export async function absentOf(services: Services, area: string): Promise<Map<string, string>> {
  const { accounts } = services.store.people;
  return whyAbsent(await accounts.listOf(area), await accounts.absencesOf(area), today(services));
}
