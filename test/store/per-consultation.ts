/** Which tables of a database refer to a consultation, according to the schema itself. */
import type Sqlite from 'better-sqlite3';

/**
 * Tables with a column `consultation`, a foreign key to `consultations`, or a column `reference`; not `consultations`
 * itself.
 */
export function tablesPerConsultation(raw: Sqlite.Database): string[] {
  const tables = raw.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  return tables
    .filter((table) => table !== 'consultations')
    .filter((table) => {
      const columns = raw.prepare('select name from pragma_table_info(?)').pluck().all(table);
      const keys = raw.prepare('select "table" from pragma_foreign_key_list(?)').pluck().all(table);
      return columns.includes('consultation') || columns.includes('reference') || keys.includes('consultations');
    })
    .sort();
}
