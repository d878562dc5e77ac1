/** Error pages checked by axe, with the real styles and on a narrow screen. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { PROBLEMS } from '../../views/site/problems.ts';
import { renderAll } from '../views/pages.ts';
import type { Opened } from '../web/app.ts';
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './chromium.ts';
import { openTab } from './tab.ts';

const newPage = useBrowser();
const MINUTES = 180_000;
const pages = Object.entries(renderAll()).filter(([name]) => /^(problem|conflict|withdrawn)|, refused$/.test(name));

/** Serves the page from the browser at one of the app's URLs, so that it gets the real styles. */
async function show(page: Page, { services }: Opened, html: string): Promise<void> {
  const { styles, restOfStyles, script } = services.assets;
  const body = html
    .replaceAll('/static/app.css', styles)
    .replaceAll('/static/rest.css', restOfStyles)
    .replaceAll(/\/static\/\w+\.js/g, script);
  await page.unroute('**/sample');
  await page.route('**/sample', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('/sample');
}

it(
  'error pages pass axe, and fit a narrow screen',
  async () => {
    for (const kind of Object.keys(PROBLEMS)) expect(pages.map(([name]) => name)).toContain(`problem ${kind}`);
    const { page, opened } = await openTab(newPage, { viewport: { width: 320, height: 640 } });
    for (const [name, html] of pages) {
      await show(page, opened, html);
      await expectAccessible(page).catch((error) => {
        throw new Error(`${name}: ${error.message}`);
      });
      await expectNoSidewaysScroll(page);
    }
  },
  MINUTES,
);

it('a fault on an error page would be found', async () => {
  const { page, opened } = await openTab(newPage);
  const [, html = ''] = pages.find(([name]) => name === 'problem ours') ?? [];
  await show(page, opened, html.replace('<main', '<img src="data:,"><main'));
  await expect(expectAccessible(page)).rejects.toThrow(/image-alt/);
});
