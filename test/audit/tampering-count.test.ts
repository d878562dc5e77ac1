/**
 * Counts the ways of tampering that the tests try, each of which has to be caught. The count is read from the tables of
 * the tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const folder = import.meta.dirname;

/** The first words of each row in the tables given to `it.each`, inline or by name. */
function rowsIn(name: string): string[] {
  const source = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true);
  const tables = new Map<string, ts.ArrayLiteralExpression>();
  const rows: string[] = [];
  const take = (table: ts.ArrayLiteralExpression | undefined) => {
    for (const row of table?.elements ?? [])
      if (ts.isArrayLiteralExpression(row) && row.elements[0] !== undefined) rows.push(row.elements[0].getText());
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer !== undefined &&
      ts.isArrayLiteralExpression(node.initializer)
    )
      tables.set(node.name.getText(), node.initializer);
    if (ts.isCallExpression(node) && node.expression.getText().endsWith('it.each')) {
      const [given] = node.arguments;
      if (given !== undefined) take(ts.isArrayLiteralExpression(given) ? given : tables.get(nameOf(given)));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return rows;
}

/** Of the table in `it.each(TABLE)` or `it.each(someOf(TABLE, 3))`. */
function nameOf(given: ts.Expression): string {
  return (ts.isCallExpression(given) ? given.arguments[0] : given)?.getText() ?? '';
}

it('at least 24 kinds of tampering are tried and found, each with a different name', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  const rows = files.flatMap((name) => rowsIn(name).map((row) => `${name}: ${row}`));
  expect(new Set(rows).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThanOrEqual(24);
  // In the log, in accounts, in derived tables, at the start, and in a part of the log.
  for (const kind of ['verify', 'accounts', 'derived', 'start', 'since'])
    expect([kind, rows.filter((row) => row.startsWith(`${kind}.`)).length > 2]).toEqual([kind, true]);
});
