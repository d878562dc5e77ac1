/**
 * Compares the triggers, tables, indexes and views in a database with those that this version's migrations create in an
 * empty one.
 */
import type { Findings } from '../audit/findings.ts';

/** Name → SQL. */
export type SqlByName = ReadonlyMap<string, string>;
export interface SchemaShapes {
  triggers: SqlByName;
  shapes: SqlByName;
}

export function compareShapes(there: SchemaShapes, due: SchemaShapes, findings: Findings): void {
  for (const [name, text] of due.triggers)
    if (there.triggers.get(name) !== text) findings.add('trigger gone', `trigger ${name}`);
  for (const name of there.triggers.keys())
    if (!due.triggers.has(name)) findings.add('trigger planted', `trigger ${name}`);
  for (const name of new Set([...due.shapes.keys(), ...there.shapes.keys()]))
    if (there.shapes.get(name) !== due.shapes.get(name)) findings.add('shape changed', name);
}
