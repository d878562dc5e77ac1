import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeKept, replaceKept } from '../server/data-protection.ts';
import { PERMISSIONS } from '../server/people/permissions.ts';
import { KEPT_DATA, type KeptTable } from '../server/store/kept-data.ts';
import { openRaw, openTemporary } from './store/temporary.ts';
import { realLibrary } from './web/app.ts';

const root = join(import.meta.dirname, '..');

describe('what is kept about people', () => {
  it('lists every table and column of the database, each once', async () => {
    const raw = openRaw((await openTemporary()).file);
    const tables = raw
      .prepare(
        `select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'desk_words_%'`,
      )
      .pluck()
      .all() as string[];
    expect(Object.keys(KEPT_DATA).sort()).toEqual([...tables].sort());
    for (const [table, { personal, technical }] of Object.entries(KEPT_DATA) as [string, KeptTable][]) {
      const columns = raw.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[];
      const named = [...personal, ...technical].map(String).filter((name) => name !== 'rowid');
      expect([table, named.sort()]).toEqual([table, [...columns].sort()]);
    }
  });

  it('gives each table a level of protection: the highest unless it is about staff or nobody', () => {
    const document = readFileSync(join(root, 'docs', 'data-protection.md'), 'utf8');
    for (const [table, { whose }] of Object.entries(KEPT_DATA)) {
      const [, , , , level = ''] = (
        document.split('\n').find((line) => line.startsWith(`| \`${table}\` `)) ?? ''
      ).split('|');
      const about = whose.filter((one) => one !== 'nobody' && one !== 'staff');
      expect([table, about.length > 0]).toEqual([table, level.trim() === 'highest']);
      expect([table, document]).toEqual([
        table,
        expect.stringMatching(new RegExp(`^\\| ${level.trim()} +\\| about`, 'm')),
      ]);
    }
  });

  it('is up to date in docs/data-protection.md; if not: npm run data-protection -- --write', () => {
    const document = readFileSync(join(root, 'docs', 'data-protection.md'), 'utf8');
    expect(document).toContain(describeKept(realLibrary));
    expect(() => replaceKept('# Nothing', '')).toThrow(/has no part between/);
  });

  it('says who may do each action on fields, and lists no action that does not exist', () => {
    const document = readFileSync(join(root, 'docs', 'data-protection.md'), 'utf8');
    const [, part = ''] = /### 8\.(.*?)\n## /s.exec(document) ?? [];
    const named = [...part.matchAll(/`([a-z]+\.[a-z ]+)`/g)].map(([, action = '']) => action);
    expect([...new Set(named)].sort()).toEqual(Object.keys(PERMISSIONS).sort());
  });

  it('says how long each outcome of each area is kept', () => {
    const text = describeKept(realLibrary);
    for (const { facts, desk } of realLibrary.areas.values())
      for (const { label } of desk?.outcomes ?? [])
        expect(text).toMatch(new RegExp(`${facts.name}\\s+\\| ${label.replace(/[()]/g, '\\$&')}`));
  });
});
