/** All that remains of the public's conversations: how often each end was reached in a week. */
import { localDay, mondayOf } from '../base/days.ts';
import type { Engine } from './engine.ts';

export interface Tally {
  area: string;
  end: string;
  /** The Monday, such as 2026-11-16. */
  week: string;
  count: number;
}

export interface Tallies {
  count(area: string, end: string): Promise<void>;
  /** The weeks that begin in the span, both days included. */
  read(area: string, from: string, to: string): Promise<Tally[]>;
}

export function createTallies({ read, write }: Engine, clock: () => Date): Tallies {
  return {
    count: (area, end) =>
      write(async (db) => {
        await db
          .insertInto('tallies')
          .values({ area, end, week: mondayOf(localDay(clock())), count: 1 })
          .onConflict((conflict) =>
            conflict.columns(['area', 'end', 'week']).doUpdateSet((line) => ({ count: line('tallies.count', '+', 1) })),
          )
          .execute();
      }),
    read: (area, from, to) =>
      read((db) =>
        db
          .selectFrom('tallies')
          .selectAll()
          .where('area', '=', area)
          .where('week', '>=', from)
          .where('week', '<=', to)
          .orderBy('week')
          .orderBy('end')
          .execute(),
      ),
  };
}
