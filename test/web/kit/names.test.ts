/**
 * Everything that can be pressed has a name that is clear when it is heard alone, as in a list of links: no name leads
 * to two places.
 */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';
import { attribute, type Element, type Page, wordsOf } from '../page.ts';
import { jumpToResult } from '../walking.ts';

function nameOf(element: Element): string {
  return attribute(element, 'aria-label') ?? wordsOf(element);
}

/** Names shared by links to different URLs, by several folds, or by several buttons. */
function ambiguous(page: Page): string[] {
  return ['a', 'summary', 'button'].flatMap((kind) => {
    const places = new Map<string, Set<string>>();
    for (const [index, element] of page.all(`body ${kind}`).entries()) {
      const place = attribute(element, 'href') ?? String(index);
      places.set(nameOf(element), (places.get(nameOf(element)) ?? new Set()).add(place));
    }
    return [...places]
      .filter(([, to]) => to.size > 1)
      .map(([name, to]) => `${page.heading}: ${name} → ${[...to].join(', ')}`);
  });
}

it('no two links, folds or buttons of a page share a name and lead to different places', async () => {
  const opened = await openApp();
  const visitor = opened.visit();
  const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
  const pages = [
    paths.start(),
    paths.area('bury'),
    paths.result(id),
    paths.wholeResult(id),
    paths.call(id),
    paths.handoverSheet(id),
    paths.handoverSheetCopy(id),
    paths.record(id),
    paths.map(id),
    paths.contacts(),
    paths.numbers(),
    paths.flows(),
    paths.flow('bury', 'may_i_tell_parents'),
    paths.floor(),
    paths.posters(),
  ];
  const found: string[] = [];
  for (const path of pages) found.push(...ambiguous(await visitor.go(path)));
  expect(found).toEqual([]);
}, 60_000);
