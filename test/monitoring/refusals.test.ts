import { expect, it } from 'vitest';
import { LARGEST_BODY } from '../../server/base/largest-body.ts';
import { NETWORK_LIMITS } from '../../server/base/network-limits.ts';
import { paths } from '../../server/base/paths.ts';
import { createRefusalNotes } from '../../server/monitoring/refusals.ts';
import { createClock } from '../store/temporary.ts';
import { openApp } from '../web/app.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' };

interface Line {
  message: string;
  status: number;
  method: string;
  route: string;
  times: number;
}

it('logs refused requests by kind, without an address and without what was sent', async () => {
  const { visit, log } = await openApp();
  const visitor = visit('203.0.113.9');
  const form = (await visitor.go(paths.area('bury'))).form(paths.consultations());
  for (let count = 0; count < NETWORK_LIMITS.opening.atOnce + 12; count++) await visitor.send(form);
  await visitor.request(paths.search(), {
    method: 'POST',
    body: 'words=Zebedee',
    headers: { ...FORM, 'Content-Type': 'text/plain' },
  });
  await visitor.request(paths.search(), {
    method: 'POST',
    body: `words=${'Zebedee'.repeat(LARGEST_BODY / 7)}`,
    headers: FORM,
  });
  await visitor.request(paths.search(), {
    method: 'POST',
    body: 'token=Zebedee',
    headers: { ...FORM, 'Sec-Fetch-Site': 'cross-site' },
  });
  const told = log.map((line) => JSON.parse(line) as Line).filter(({ message }) => message === 'refused');
  const kinds = told.map(({ status, method, route, times }) => `${status} ${method} ${route} ${times}`);
  expect(kinds).toEqual([
    `429 POST ${paths.consultations()} 1`,
    `429 POST ${paths.consultations()} 10`,
    `415 POST ${paths.search()} 1`,
    `413 POST ${paths.search()} 1`,
    `403 POST ${paths.search()} 1`,
  ]);
  expect(log.join()).not.toMatch(/Zebedee|203\.0\.113/);
});

it('a flood does not fill the log, is logged again an hour later, and a slip in a public conversation is not logged', () => {
  const clock = createClock();
  const told: unknown[] = [];
  const note = createRefusalNotes({ warn: (_, fields) => void told.push(fields?.times) }, clock);
  const refused = { method: 'POST', route: '/consultations', status: 429, request: '1' };
  for (let count = 0; count < 12_345; count++) note(refused);
  expect(told).toEqual([1, 10, 100, 1000, 10_000]);
  clock.pass(60);
  note(refused);
  expect(told.at(-1)).toBe(1);
  note({ ...refused, status: 404 });
  note({ ...refused, route: '/talk/answers', status: 422 });
  expect(told).toHaveLength(6);
});
