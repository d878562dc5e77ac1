/** Follows every link that stands on a page which anybody reaches from the start page. */

import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { isShort } from '../../short-form.ts';
import { openApp } from '../app.ts';
import { attribute, type Page } from '../page.ts';

const linksOf = (page: Page) => page.all('a').map((link) => attribute(link, 'href') ?? '');

it('every link from the start page on leads somewhere', async () => {
  const visitor = (await openApp()).visit();
  const seen = new Set<string>([paths.start()]);
  for (const path of seen) {
    const page = await visitor.go(path);
    expect([200, 303], path).toContain(page.status);
    // A file, such as an empty form as PDF, leads on to nothing.
    if (!page.headers.get('Content-Type')?.startsWith('text/html')) continue;
    const ids = new Set(page.all('[id]').map((element) => attribute(element, 'id')));
    for (const link of linksOf(page)) {
      if (/^(tel|mailto|https?):/.test(link)) continue;
      // The page of every flow is opened by every-flow.test.ts; of those that all areas have, one area's are enough here.
      if (/^\/flows\/(bolton|stockport|national)\//.test(link) || (isShort && /^\/flows\/./.test(link))) continue;
      if (link.startsWith('#')) expect(ids, `${path} ${link}`).toContain(link.slice(1));
      // What follows ? shows the same page in another way; of flows there are hundreds.
      else seen.add(link.replace(/[?#].*/, ''));
    }
  }
  expect(seen.size).toBeGreaterThan(10);
});
