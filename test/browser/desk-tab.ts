/// <reference lib="dom" />
/** Starts the app on its own port, with a tab in which a desk user is signed in. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { BrowserContextOptions, Page } from 'playwright';
import { onTestFinished } from 'vitest';
import type { Role } from '../../server/people/permissions.ts';
import { openDeskApp } from '../web/people/desk-app.ts';
import { expectAccessible, expectNoSidewaysScroll, type useBrowser } from './chromium.ts';

export type World = Awaited<ReturnType<typeof openDeskApp>>;

export async function openServer() {
  const world = await openDeskApp();
  const server = serve({ fetch: world.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(() => void server.close());
  return { world, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export type Server = Awaited<ReturnType<typeof openServer>>;

/** Opens a tab for a new person with this role; `area`: another area than Bury. */
export async function openDeskTab(
  newPage: ReturnType<typeof useBrowser>,
  { world, origin }: Server,
  role: Role,
  { area, ...options }: BrowserContextOptions & { area?: string } = {},
) {
  const browser = await world.openDesk(role, area);
  const page = await newPage(options);
  const context = page.context();
  onTestFinished(() => context.close());
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
  return { page, browser, context, member: browser.member };
}

/** `DESK_SHOTS`: a folder for a picture of each page that is checked. */
const SHOTS = process.env.DESK_SHOTS;

/** Expects that the page fits a telephone and a desktop, and that axe finds nothing. */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
  }
  await expectAccessible(page);
  // The next page is to load at the earlier width.
  if (before !== null) await page.setViewportSize(before);
}
