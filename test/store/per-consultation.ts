/** Which tables of a database name a consultation, as the schema itself says. */
import type Sqlite from 'better-sqlite3';

/** Tables with a column `consultation`, a key to `consultations`, or a column `reference`. `consultations` itself is not among them. */
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
