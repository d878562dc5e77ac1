/** The first pages load only one of the two stylesheets, and everything that they load is small. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { readSources } from '../architecture.ts';
import { renderAll } from '../views/pages.ts';
import { openApp } from './app.ts';
import type { Page } from './page.ts';
import { openDeskApp } from './people/desk-app.ts';
import { distDir } from './services.ts';
import { classesWithoutStyle, tablesWithoutStyle } from './styles-of.ts';
import { openDoor } from './walking.ts';

/**
 * Bytes of the first question with everything that it and the page before it load, compressed as they are sent; `npm
 * run bench` prints them.
 */
const MOST = 32 * 1024;

function bytesOf(pages: readonly Page[]): number {
  const files = pages.flatMap(({ html }) => [...html.matchAll(/(?:src|href)="\/static\/([^"]+)"/g)]);
  const names = [...new Set(files.map(([, name]) => name ?? ''))];
  const sent = [...names.map((name) => readFileSync(join(distDir, name))), Buffer.from(pages.at(-1)?.html ?? '')];
  return sent.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
}

it('weigh no more than 32 KB up to the first question', async () => {
  const visitor = (await openApp()).visit();
  const doors = await visitor.go(paths.area('bury'));
  const question = await openDoor(visitor, 'bury', 'level');
  expect(question.html).toContain('name="question"');
  expect(bytesOf([doors, question])).toBeLessThan(MOST);
});

it('use no class for which they load no style', () => {
  const pages = Object.entries(renderAll());
  const first = pages.filter(([, html]) => html.includes('<head>') && !html.includes('rest.css'));
  expect(first.length).toBeGreaterThan(5);
  const missing = pages
    .filter(([, html]) => html.includes('<head>'))
    .map(([name, html]) => [name, classesWithoutStyle(html)] as const);
  expect(missing.filter(([, classes]) => classes.length > 0)).toEqual([]);
});

it('would be noticed if they did', () => {
  expect(classesWithoutStyle('<p class="fd-lead fd-action__title">')).toEqual(['fd-action__title']);
  expect(classesWithoutStyle('<link rel="stylesheet" href="/static/rest-1.css"><p class="fd-action__title">')).toEqual(
    [],
  );
});

it('like every other view, have no table without a style', () => {
  const views = readSources(join(import.meta.dirname, '..', '..')).filter(({ text }) => text.includes('<table'));
  expect(views.length).toBeGreaterThan(5);
  expect(views.filter(({ path }) => path.startsWith('views/')).flatMap(({ text }) => tablesWithoutStyle(text))).toEqual(
    [],
  );
  expect(tablesWithoutStyle('<table><table class="govuk-table"><table class="fd-table">')).toEqual(['', 'govuk-table']);
});

it('have the style of the header where somebody is signed in', async () => {
  const worker = await (await openDeskApp()).openDesk('duty worker');
  for (const path of ['/', paths.area('bury')]) {
    const { text } = await worker.get(path);
    expect(text).toContain('fd-header__person');
    expect([path, classesWithoutStyle(text)]).toEqual([path, []]);
  }
});
