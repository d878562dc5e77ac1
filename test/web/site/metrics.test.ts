/** What operators can monitor: the metrics and whether it is ready, in the real app. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { createMetricsApp } from '../../../server/web/site/metrics.ts';
import { isPostgres } from '../../postgres/databases.ts';
import { openTemporary } from '../../store/temporary.ts';
import { openApp } from '../app.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

/** Each server has its own metrics. */
const ONE = { servers: 1 };

type Given = Parameters<typeof createMetricsApp>[0];

/** Each series, such as `frontdoor_drafts` or `frontdoor_mails{state="failed"}`, with its value. */
async function scrape(services: Omit<Given, 'checkpointedAt'>, checkpointedAt = services.clock()) {
  const response = await createMetricsApp({ ...services, checkpointedAt: () => checkpointedAt }).request(
    paths.metrics(),
  );
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('the metrics', () => {
  it('count requests by route and status, without addresses or words of readers', async () => {
    const { services, visit } = await openApp(ONE);
    const visitor = visit();
    await visitor.request('/');
    await visitor.request('/search?q=Kayleigh');
    await visitor.request('/areas/bury');
    await visitor.request('/areas/kayleigh');
    await visitor.request('/kayleigh/of/bury');
    const found = await scrape(services);
    expect(found.get('frontdoor_http_requests_total{method="GET",route="/",status="200"}')).toBe(1);
    expect(found.get('frontdoor_http_requests_total{method="GET",route="/areas/:area",status="200"}')).toBe(1);
    expect(found.get('frontdoor_http_requests_total{method="GET",route="/areas/:area",status="404"}')).toBe(1);
    expect(found.get('frontdoor_http_requests_total{method="GET",route="none",status="404"}')).toBe(1);
    expect(found.get('frontdoor_http_request_duration_seconds_count{method="GET",route="/areas/:area"}')).toBe(2);
    const within = (le: string) =>
      found.get(`frontdoor_http_request_duration_seconds_bucket{le="${le}",method="GET",route="/areas/:area"}`);
    expect([within('10'), within('+Inf')]).toEqual([2, 2]);
    expect(within('0.001')).toBeLessThanOrEqual(within('0.05') ?? 0);
    expect([...found.keys()].join().toLowerCase()).not.toContain('kayleigh');
    expect(found.get('frontdoor_ready')).toBe(1);
    expect(found.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('say how much is waiting, since when, and how signing in went', async () => {
    const world = await openDeskApp(ONE);
    const browser = world.openBrowser();
    const { id, at } = await beginConsultation(browser);
    const asked = { question: 'Is it for you?', reach: '0161 496 0001' };
    await browser.post(paths.handovers(id), asked, at);
    world.clock.pass(30);
    await world.openDesk('duty worker');
    const member = await world.addMember('duty worker');
    await world.signIn(world.openBrowser(), member, { password: 'wrong' });
    const checkpointedAt = new Date(world.clock().getTime() - 60_000);
    const found = await scrape(world.services, checkpointedAt);
    expect(found.get('frontdoor_queue_consultations{area="bury"}')).toBe(1);
    expect(found.get('frontdoor_queue_oldest_seconds{area="bury"}')).toBe(32 * 60);
    expect(found.get('frontdoor_sign_ins_total{outcome="accepted"}')).toBe(1);
    expect(found.get('frontdoor_sign_ins_total{outcome="refused"}')).toBe(1);
    expect(found.get('frontdoor_checkpoint_age_seconds')).toBe(60);
    expect(found.get('frontdoor_drafts')).toBe(0);
    expect(found.get('frontdoor_database_bytes')).toBeGreaterThan(10_000);
  });

  // With PostgreSQL, connections that were open before may close one by one.
  it.skipIf(isPostgres)('count commits, and how many transactions share one', async () => {
    const commits: number[] = [];
    const store = await openTemporary({ onCommit: (works) => commits.push(works) });
    const before = commits.length;
    await Promise.all([store.health(), store.health(), store.health()]);
    expect(commits.slice(before)).toEqual([3]);
  });

  it('are not served to readers, and their own address serves nothing else', async () => {
    const { services, visit } = await openApp();
    expect((await visit().request(paths.metrics())).status).toBe(404);
    const app = createMetricsApp({ ...services, checkpointedAt: services.clock });
    for (const path of ['/', paths.desk(), paths.ready()]) expect((await app.request(path)).status).toBe(404);
  });
});

describe('ready', () => {
  async function ask({ visit, clock }: Awaited<ReturnType<typeof openApp>>) {
    clock.pass(1);
    const response = await visit().request(paths.ready());
    return { status: response.status, ...(JSON.parse(await response.text()) as Record<string, boolean>) };
  }

  it('is true if the server can read, save and vouch for its log; it is live in any case', async () => {
    const opened = await openApp();
    expect(await ask(opened)).toEqual({ status: 200, ready: true, reads: true, writes: true, log: true, space: true });
    expect((await opened.visit().request(paths.live())).status).toBe(200);
  });

  it.each([
    ['are gone', (file: string) => rmSync(file)],
    ['are empty', (file: string) => writeFileSync(file, '')],
  ])('is false if the signed checkpoints %s; that is logged once, and so is its end', async (_what, harm) => {
    const opened = await openApp();
    const heads = join(dirname(opened.store.file), 'audit-heads.jsonl');
    await opened.store.accessLog.add({
      who: { id: 'a', name: 'A', role: 'duty worker' },
      area: 'bury',
      what: 'view',
      body: {},
    });
    await opened.store.checkpoints.write();
    const before = readFileSync(heads);
    expect(await ask(opened)).toMatchObject({ status: 200 });
    harm(heads);
    for (const _twice of [1, 2])
      expect(await ask(opened)).toMatchObject({ status: 503, ready: false, writes: true, log: false });
    expect(opened.log.map((line) => JSON.parse(line).message)).toEqual(['not ready']);
    expect(opened.log.join()).toContain('heads');
    expect((await opened.visit().request(paths.live())).status).toBe(200);
    writeFileSync(heads, before);
    expect(await ask(opened)).toMatchObject({ status: 200, ready: true });
    expect(opened.log.map((line) => JSON.parse(line).message)).toEqual(['not ready', 'ready again']);
  });

  it('checks the disk at most once a second, however often somebody asks', async () => {
    let commits = 0;
    const store = await openTemporary({ onCommit: () => commits++ });
    const opened = await openApp({ store });
    const before = commits;
    for (let asked = 0; asked < 5; asked++) await opened.visit().request(paths.ready());
    expect(commits - before).toBe(1);
    await ask(opened);
    expect(commits - before).toBe(2);
  });
});
