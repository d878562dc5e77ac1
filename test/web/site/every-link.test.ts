/** Follows every link on pages that anybody can reach from the start page. */

import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { isShort } from '../../short-form.ts';
import { openApp } from '../app.ts';
import { attribute, type Page } from '../page.ts';

const linksOf = (page: Page) => page.all('a').map((link) => attribute(link, 'href') ?? '');

it('every link reachable from the start page leads somewhere', async () => {
  const visitor = (await openApp()).visit();
  const seen = new Set<string>([paths.start()]);
  for (const path of seen) {
    const page = await visitor.go(path);
    expect([200, 303], path).toContain(page.status);
    // A file, such as an empty form as PDF, has no links to follow.
    if (!page.headers.get('Content-Type')?.startsWith('text/html')) continue;
    const ids = new Set(page.all('[id]').map((element) => attribute(element, 'id')));
    for (const link of linksOf(page)) {
      if (/^(tel|mailto|https?):/.test(link)) continue;
      // every-flow.test.ts opens the page of every flow; for flows that all areas have, one area's are enough here.
      if (/^\/flows\/(bolton|stockport|national)\//.test(link) || (isShort && /^\/flows\/./.test(link))) continue;
      if (link.startsWith('#')) expect(ids, `${path} ${link}`).toContain(link.slice(1));
      // A query shows the same page in another way, and flows have hundreds of these.
      else seen.add(link.replace(/[?#].*/, ''));
    }
  }
  expect(seen.size).toBeGreaterThan(10);
});
