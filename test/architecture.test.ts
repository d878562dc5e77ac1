import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, importsOf, readSources } from './architecture.ts';

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
    ['server/flow/walk/walk.ts', "import { openStore } from '../store/store.ts';"],
    ['server/flow/walk/walk.ts', "import { readConsultation } from '../consultation/consultation.ts';"],
    ['server/consultation/result.ts', "import Database from 'better-sqlite3';"],
    ['server/consultation/result.ts', "import { paths } from '../paths.ts';"],
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
    ['views/result/result.tsx', "import { openStore } from '../server/store/store.ts';"],
    ['views/result/result.tsx', "import { findVersion } from '../server/web/kit/load-consultation.ts';"],
    ['server/flow/utils.ts', ''],
    ['server/flow/check/helpers.ts', ''],
  ])('is broken by %s: %s', (path, text) => {
    expect(breaches([{ path, text }])).toHaveLength(1);
  });
});
