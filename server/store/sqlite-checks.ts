/** Checks before a SQLite file is used, and before anything in it is changed, whether it is ours. */
import type Sqlite from 'better-sqlite3';
import { StoreProblem } from './failure.ts';

/** The columns of our list of migrations, the first table that is created. */
const OUR_COLUMNS = 'at,name,number';

/** Throws `StoreProblem` if the file has tables that are not ours. */
export function refuseOtherProduct(connection: Sqlite.Database): void {
  const tables = connection
    .prepare(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by 1`,
    )
    .pluck()
    .all() as string[];
  if (tables.length === 0) return;
  const columns = connection.prepare(`select name from pragma_table_info('migrations') order by name`).pluck().all();
  if (columns.join() === OUR_COLUMNS) return;
  throw new StoreProblem(
    `${connection.name} is a database of something else: it holds ${tables.slice(0, 3).join(', ')}`,
    'no file there yet, or a database of Front Door',
    'set DATA_DIR to a folder of its own; this file is as it was',
  );
}
