/// <reference lib="dom" />
/**
 * Answers every request that a page can make without leaving it with every response that is not ours: the page and what
 * was typed stay as they were, and the page says what happened. Pages and their requests are collected rather than
 * listed, so a new form is included automatically. A route to which no page posts fails with its name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it, onTestFinished } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { ROLES, type Role } from '../../server/people/permissions.ts';
import { answerOf } from '../bench/journey.ts';
import { openPages } from '../web/desk/open-pages.ts';
import type { Browser } from '../web/people/browser.ts';
import { findIds } from '../web/people/route-ids.ts';
import { libraryWithWithdrawn, pagesInRareStates } from '../web/rare-states.ts';
import { DESKTOP, eventually, useBrowser } from './chromium.ts';
import { FOREIGN, openBehindNetwork } from './foreign-network.ts';
import { installPageRequests } from './page-requests.ts';

const newPage = useBrowser();
type Behind = Awaited<ReturnType<typeof openBehindNetwork>>;

/**
 * Requests that a script sends in addition to what the person does; nothing on the page waits for the answer. Drafts
 * have their own test.
 */
const BESIDE = /\/prints$|^\/leave$|^\/account\/drafts$/;

/** The pages for signed-in people, in the states through which a consultation goes. */
async function* pagesOf(role: Role, { world }: Behind): AsyncGenerator<[Browser, string]> {
  const { me, addresses } = await openPages(role, world);
  for (const address of addresses) yield [me, address];
}

/** Goes from question to question with the harmless answer; returns the address of the result. */
async function answerAll(browser: Browser, first: string, answers: string, result: string): Promise<void> {
  const asks = ({ text }: { text: string }) => text.includes('name="question" value="');
  let page = await browser.get(first);
  for (let count = 0; count < 40 && asks(page); count++) {
    const fields = Object.fromEntries(answerOf(page.text));
    const { location } = await browser.post(answers, fields);
    page = await browser.get(location ?? result);
  }
  if (asks(page)) throw new Error(`the walk does not end: ${page.text}`);
}

async function* pagesOfProfessional({ world }: Behind): AsyncGenerator<[Browser, string]> {
  const browser = world.openBrowser();
  const opened = await browser.post(paths.consultations(), { area: 'bury', flow: 'level' }, paths.area('bury'));
  const first = opened.location ?? '';
  const id = first.split('/')[2] ?? '';
  yield [browser, first];
  for (const path of [paths.start(), paths.area('bury'), paths.search(), paths.return(), paths.signIn(), paths.join()])
    yield [browser, path];
  yield [browser, paths.wrongNumberOf('bury', 'mash')];
  await answerAll(browser, first, paths.answers(id), paths.result(id));
  for (const page of [paths.result, paths.call, paths.record, paths.handover, paths.handoverSheet, paths.map])
    yield [browser, page(id)];
  await browser.post(paths.addition(id, 'notes'), { text: 'A note' }, paths.record(id));
  const [, number = ''] = /correct=(\d+)/.exec((await browser.get(paths.record(id))).text) ?? [];
  yield [browser, paths.correcting(id, Number(number))];
}

/** Pages that need a certain moment: asked and not claimed yet; somebody whose account is disabled. */
async function* pagesOfOthers({ world }: Behind): AsyncGenerator<[Browser, string]> {
  const professional = world.openBrowser();
  const opened = await professional.post(paths.consultations(), { area: 'bury', flow: 'level' }, paths.area('bury'));
  const id = opened.location?.split('/')[2] ?? '';
  await professional.post(paths.handovers(id), { question: 'Is it?', reach: '0161 496 0001' }, paths.handover(id));
  yield [await world.openDesk('duty worker'), paths.deskRecord(id)];
  const administrator = await world.openDesk('administrator');
  const { own } = await findIds(world, '/people/:id', administrator);
  await world.store.people.accounts.disable(own.id ?? '', 'command');
  yield [administrator, paths.person(own.id ?? '')];
}

async function* pagesOfPublic({ world }: Behind): AsyncGenerator<[Browser, string]> {
  for (const reader of ['public', 'child']) {
    const browser = world.openBrowser();
    yield [browser, paths.talkFor(reader)];
    await browser.post(paths.talk(), { reader }, paths.talkFor(reader));
    yield [browser, paths.talk()];
    await answerAll(browser, paths.talk(), paths.talkAnswers(), paths.talkResult());
    yield [browser, paths.talkResult()];
  }
}

it('a foreign answer leaves every page as it was, and the page says what happened', async () => {
  const behind = await openBehindNetwork({ library: libraryWithWithdrawn() });
  const tried = new Tried(behind);
  for await (const [browser, path] of pagesOfPublic(behind)) await tried.tryPage(browser, path);
  for await (const [browser, path] of pagesOfProfessional(behind)) await tried.tryPage(browser, path);
  for (const role of ROLES)
    for await (const [browser, path] of pagesOf(role, behind)) await tried.tryPage(browser, path);
  for await (const [browser, path] of pagesOfOthers(behind)) await tried.tryPage(browser, path);
  for await (const [browser, path] of pagesInRareStates(behind.world)) await tried.tryPage(browser, path);
  expect(tried.neverAsked()).toEqual(ON_NO_PAGE);
  expect(specialInViews().filter((route) => !tried.hasTried(route))).toEqual([]);
}, 600_000);

function readViews(): string[] {
  const folder = join(import.meta.dirname, '..', '..', 'views');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8'));
}

function routeNamed(name: string): string {
  const make = paths[name as keyof typeof paths] as (...parts: string[]) => string;
  return make(':id', ':sheet', ':section').replace(/\?.*/, '');
}

/**
 * Routes that a view sends to or loads by htmx, according to the sources. A route that no page above has shown is
 * reported.
 */
function specialInViews(): string[] {
  const named = readViews().flatMap((text) => [
    ...text.matchAll(/'data-hx-(?:get|post)': (?:paths\.(\w+)|(at\.answers))/g),
  ]);
  expect(named.length).toBeGreaterThan(4);
  return named.flatMap(([, name, both]) => {
    if (both !== undefined) return [paths.answers(':id'), paths.talkAnswers()];
    return routeNamed(name ?? '');
  });
}

/** The referrer records their own decision, and the desk records its outcome: this address exists without a form. */
const ON_NO_PAGE = [paths.deskAddition(':id', 'decisions')];

describe('what is typed, and cannot be kept on the server', () => {
  it('says so, stays, and is kept when the network is back', async () => {
    const { world, network, origin } = await openBehindNetwork();
    const browser = await world.openDesk('duty worker');
    const { own } = await findIds(world, paths.deskRecord(':id'), browser);
    const page = await newPage({ viewport: DESKTOP });
    onTestFinished(() => page.context().close());
    await page.clock.install();
    await page.context().addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
    await page.goto(origin + paths.deskRecord(own.id ?? ''));
    const form = page.locator('form:has(textarea)').first();
    const box = form.locator('textarea').first();
    const type = (words: string) =>
      box.evaluate((element, text) => {
        (element as HTMLTextAreaElement).value = text;
        element.dispatchEvent(new Event('input', { bubbles: true }));
      }, words);
    const kept = form.locator('.fd-kept');
    for (const [name, foreign] of Object.entries(FOREIGN)) {
      network.foreign = foreign;
      const words = `Half a sentence, with ${name}`;
      await type(words);
      await page.clock.runFor(1000);
      const said = new RegExp(`^${name}: Not kept on the server since .*${foreign.said.source}`);
      await eventually(async () => `${name}: ${await kept.textContent()}`).toMatch(said);
      network.foreign = undefined;
      await page.clock.runFor(11_000);
      await eventually(() => kept.textContent()).toMatch(/^Kept at .*, not sent yet$/);
      expect([name, await box.inputValue()]).toEqual([name, words]);
    }
    // Larger than what browsers still send after the page was left.
    await type('long '.repeat(20_000));
    await page.clock.runFor(1000);
    await eventually(async () => (await browser.get(paths.drafts())).text.includes('long long long')).toBe(true);
    expect(await box.inputValue()).toHaveLength(100_000);
  });
});

class Tried {
  private readonly behind: Behind;
  private readonly seen = new Set<string>();
  private readonly pages = new Map<Browser, Page>();

  constructor(behind: Behind) {
    this.behind = behind;
  }

  /** Opens the page in a real browser if it can make a request that no earlier page could. */
  async tryPage(browser: Browser, path: string): Promise<void> {
    const { status, headers, text, location } = await browser.get(path);
    if (status === 303 && location?.startsWith('/')) return this.tryPage(browser, location);
    if (status !== 200 || headers.get('Content-Type')?.startsWith('text/html') !== true) return;
    if (!this.hasNew(text)) return;
    const page = await this.open(browser, path);
    const requests = await page.evaluate(() => window.pageRequests.list());
    const fresh = requests.filter(({ key }) => !this.seen.has(this.patternOf(key)));
    const keys = new Set<string>();
    const first = fresh.filter(({ key }) => !keys.has(this.patternOf(key)) && keys.add(this.patternOf(key)));
    for (const key of keys) this.seen.add(key);
    await this.tryAnswers(
      page,
      path,
      first.map(({ index }) => index),
    );
  }

  private async tryAnswers(page: Page, path: string, indices: number[]): Promise<void> {
    const { network } = this.behind;
    await page.evaluate((all) => window.pageRequests.fill(all), indices);
    const before = await page.evaluate(() => window.pageRequests.show());
    for (const [name, foreign] of Object.entries(FOREIGN)) {
      network.foreign = foreign;
      const after = await page.evaluate(([all, said]) => window.pageRequests.ask(all, said), [
        indices,
        foreign.said.source,
      ] as const);
      expect({ path, name, ...after }).toEqual({ path, name, ...before });
    }
    network.foreign = undefined;
  }

  private async open(browser: Browser, path: string): Promise<Page> {
    const { origin } = this.behind;
    const page = this.pages.get(browser) ?? (await this.openTab());
    this.pages.set(browser, page);
    const cookies = [...browser.cookies].map(([name, value]) => ({ name, value, url: origin }));
    await page.context().addCookies(cookies);
    await page.goto(origin + path);
    return page;
  }

  private async openTab(): Promise<Page> {
    const page = await newPage({ viewport: DESKTOP, reducedMotion: 'reduce' });
    onTestFinished(() => page.context().close());
    await page.addInitScript(installPageRequests);
    page.on('dialog', (dialog) => void dialog.accept());
    return page;
  }

  private hasNew(html: string): boolean {
    const tags =
      html.match(
        /<form\b[^>]*>|<button\b[^>]*\sformaction=[^>]*>|<\w+\b[^>]*\sdata-(?:hx-(?:get|post)|passkey)=[^>]*>|<a\b[^>]*\bfd-fold\b[^>]*>/g,
      ) ?? [];
    return tags.some((tag) => !this.seen.has(this.patternOf(keyOfTag(tag))));
  }

  /** The key, with the route in place of the address. */
  private patternOf(key: string): string {
    const [method = '', path = '', ...how] = key.split(' ');
    return [method, this.routeOf(method, path) ?? path, ...how].join(' ');
  }

  private routeOf(method: string, path: string): string | undefined {
    return this.behind.world.app.routes.find(
      (route) =>
        route.method === method.toUpperCase() &&
        new RegExp(`^${route.path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`).test(path),
    )?.path;
  }

  hasTried(route: string): boolean {
    return [...this.seen].some((key) => key.split(' ')[1] === route);
  }

  /** Routes for posts to which no opened page has sent anything. */
  neverAsked(): string[] {
    const posts = this.behind.world.app.routes.filter(({ method }) => method === 'POST').map(({ path }) => path);
    return [...new Set(posts)]
      .filter((path) => !this.hasTried(path) && !path.startsWith('/api/') && !BESIDE.test(path))
      .sort();
  }
}

function keyOfTag(tag: string): string {
  const value = (name: string) => new RegExp(`\\s${name}="([^"?#]*)`).exec(tag)?.[1];
  const how = ['data-leaves-page', 'data-saves-itself', 'data-hx-post', 'data-hx-get', 'data-passkey'];
  if (tag.startsWith('<a')) return `get ${value('href')}`;
  if (value('formaction') !== undefined) return `post ${value('formaction')}`;
  const path = value('action') ?? value('data-options') ?? value('data-hx-get') ?? value('data-hx-post') ?? '';
  const isGet = tag.startsWith('<form') ? value('method') !== 'post' : value('data-hx-get') !== undefined;
  const has = how.filter((name) => new RegExp(`\\s${name}[=\\s/>]`).test(tag));
  return [isGet ? 'get' : 'post', path, ...has].join(' ');
}
