/**
 * A check holds tables against those that this version makes. Those of another version would be a finding each, as if
 * somebody had changed them.
 */
import { StoreProblem } from './failure.ts';
import { NEWEST } from './migrations.ts';
import type { Database } from './tables.ts';

/** `done`: how many steps have made the tables. `newest`: the number of the last. Throws `StoreProblem`. */
export function refuseOtherVersion({ done, newest }: { done: number; newest: number }): void {
  // A step that is missing among the others is a finding: somebody has taken it out, or put the last one in.
  if (done !== newest) return;
  if (newest > NEWEST)
    throw new StoreProblem(
      `The database is of a newer Front Door: its tables are at step ${newest}, and this version knows ${NEWEST}`,
      'a database that this version has had in service',
      'check it with the newer version',
    );
  if (newest < NEWEST)
    throw new StoreProblem(
      `The database is of an earlier Front Door: its tables are at step ${newest}, and this version checks those of step ${NEWEST}`,
      'a database that this version has had in service',
      'start the server once with it, which brings the tables up to date; restore a backup of an earlier version with that version, and upgrade then',
    );
}

export async function readVersion(db: Database): Promise<{ done: number; newest: number }> {
  const { done, newest } = await db
    .selectFrom('migrations')
    .select(({ fn }) => [fn.countAll<number>().as('done'), fn.max('number').as('newest')])
    .executeTakeFirstOrThrow();
  return { done: Number(done), newest: Number(newest) };
}
