import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, circles, importsOf, readSources } from './architecture.ts';

const files = readSources(join(import.meta.dirname, '..'));

describe('the direction of imports', () => {
  it('is kept', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(300);
    expect(breaches(files)).toEqual([]);
  });

  it.each([
    ['server/flow/walk/walk.ts', "import { Hono } from 'hono';"],
    ['server/flow/walk/walk.ts', "import { parse } from 'yaml';"],
    ['server/flow/walk/walk.ts', "import { readFileSync } from 'node:fs';"],
    ['server/flow/walk/walk.ts', "import { openStore } from '../../store/store.ts';"],
    ['server/flow/walk/walk.ts', "import { readConsultation } from '../../consultation/consultation.ts';"],
    ['server/consultation/result.ts', "import Database from 'better-sqlite3';"],
    ['server/consultation/result.ts', "import { paths } from '../base/paths.ts';"],
    ['server/consultation/result.ts', "import { renderPage } from '../../views/render.ts';"],
    ['server/consultation/result.ts', 'const at = Date.now();'],
    ['server/consultation/result.ts', 'const at = new Date();'],
    ['server/consultation/result.ts', 'const luck = Math.random();'],
    ['server/desk/claiming.ts', "import { allow } from '../web/allow.ts';"],
    ['server/desk/claiming.ts', 'const at = Date.now();'],
    ['server/people/password.ts', "import { openStore } from '../store/store.ts';"],
    ['server/mail/post.ts', "import { openStore } from '../store/store.ts';"],
    ['server/flow/desk.ts', "import { claim } from '../desk/handing.ts';"],
    ['server/store/log.ts', "import { Hono } from 'hono';"],
    ['server/store/log.ts', "import { createApp } from '../app.ts';"],
    ['server/web/site/start.ts', "import { Kysely } from 'kysely';"],
    ['server/web/site/start.ts', "import { createApp } from '../app.ts';"],
    ['views/result/result.tsx', "import { openStore } from '../../server/store/store.ts';"],
    ['views/result/result.tsx', "import { findVersion } from '../../server/web/kit/load-consultation.ts';"],
    ['server/flow/utils.ts', ''],
    ['server/flow/check/helpers.ts', ''],
  ])('is broken by %s: %s', (path, text) => {
    expect(breaches([{ path, text }])).toHaveLength(1);
  });

  it.each([
    ['a name in snake_case', 'server/flow/two_words.ts', ''],
    [
      'one room of the web that sees another',
      'server/web/people/sign-in.ts',
      "import { queue } from '../desk/queue.ts';",
    ],
    [
      'the ground floor that sees the floor above',
      'server/base/days.ts',
      "import type { Flow } from '../flow/flow.ts';",
    ],
  ])('is broken by %s', (_what, path, text) => {
    expect(breaches([{ path, text }])).toHaveLength(1);
  });
});

describe('circles of imports', () => {
  const file = (path: string, ...seen: string[]) => ({
    path,
    text: seen.map((to) => `import { a } from '${to}';`).join('\n'),
  });

  it('are nowhere, neither between files nor between folders', () => {
    expect(circles(files)).toEqual([]);
  });

  it('are seen between files of one folder', () => {
    const planted = [
      file('server/desk/a.ts', './b.ts'),
      file('server/desk/b.ts', './c.ts'),
      file('server/desk/c.ts', './a.ts'),
    ];
    expect(circles(planted)).toEqual(['a circle of files: server/desk/a.ts, server/desk/b.ts, server/desk/c.ts']);
  });

  it('are seen between folders whose files are in none', () => {
    const planted = [
      file('server/a/one.ts', '../b/two.ts'),
      file('server/a/three.ts'),
      file('server/b/two.ts'),
      file('server/b/four.ts', '../a/three.ts'),
    ];
    expect(circles(planted)).toEqual(['a circle of folders: server/a, server/b']);
  });

  it('do not count imports of types', () => {
    const types = { path: 'server/b/two.ts', text: "import type { A } from '../a/one.ts';" };
    expect(circles([file('server/a/one.ts', '../b/two.ts'), types])).toEqual([]);
  });
});
