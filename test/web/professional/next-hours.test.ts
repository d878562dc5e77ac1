/** The next hours: one question beside the result, what to do until then, and whom to ring in turn. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { hasNightNumber, mattersSoon, numbersInTurn } from '../../../server/consultation/next-hours.ts';
import { describeResult } from '../../../server/consultation/result.ts';
import { walkCases } from '../../../server/flow/compare/worked-cases.ts';
import { createClock } from '../../store/temporary.ts';
import { openApp, realLibrary, TODAY } from '../app.ts';
import type { Page } from '../page.ts';
import { wordsOf } from '../page.ts';
import type { Fields, Visitor } from '../visitor.ts';
import { jumpToResult } from '../walking.ts';

async function openResult(area = 'bury', story = 'organised_abuse') {
  const opened = await openApp();
  const visitor = opened.visit();
  const id = await jumpToResult(opened, visitor, area, story);
  return { opened, visitor, id, page: await visitor.go(paths.result(id)) };
}

const answer = (visitor: Visitor, page: Page, fields: Fields) => visitor.send(page.form(/\/next-hours$/), fields);
const section = (page: Page) => page.words('#next-hours');

describe('the question about the next hours', () => {
  it('is folded below the steps, and does not change the advice', async () => {
    const { visitor, id, page } = await openResult();
    expect(page.find('#next-hours')?.hasAttribute('open')).toBe(false);
    const after = await answer(visitor, page, { chosen: ['today', 'leaves'], note: 'At 15:15, with the mother' });
    expect(after.words('.fd-action')).toBe(page.words('.fd-action'));
    expect(after.find('#next-hours')?.hasAttribute('open')).toBe(true);
    expect(section(after)).toContain('Ring well before that hour');
    expect(section(after)).toContain('At 15:15, with the mother');
    expect(section(after)).not.toContain('protection order');
    const call = await visitor.go(paths.call(id));
    expect(call.words('main')).toContain('Today or tonight; The child may travel, or be taken away. At 15:15');
    expect((await visitor.go(paths.record(id))).text).toContain('The next hours: Today or tonight');
    const json = JSON.parse(await (await visitor.request(paths.download(id, 'json'))).text());
    expect(json.nextHours).toMatchObject({ note: 'At 15:15, with the mother' });
  });

  it('says what is only needed for forced marriage and honour-based abuse', async () => {
    const { visitor, page } = await openResult('bury', 'forced_marriage');
    expect(section(await answer(visitor, page, { chosen: 'leaves' }))).toContain('protection order');
  });

  it('is not asked again if the answers say it, and can be changed', async () => {
    const { visitor, page } = await openResult('stockport', 'plate_and_the_bus');
    expect(section(page)).toContain('You said: Today or tonight');
    expect(section(page)).toContain('Ring well before that hour');
    expect(page.form(/\/next-hours$/).sends.getAll('chosen')).toEqual(['today']);
    const after = await answer(visitor, page, { chosen: 'later' });
    expect(section(after)).toContain('You said: Tomorrow or on a later day');
  });

  it('is not asked about an unborn baby; only the numbers to ring are shown', async () => {
    const { visitor, id, page } = await openResult('bury', 'unborn_first_son_lives_elsewhere');
    expect(section(page)).toContain('ring the next');
    expect(section(page)).not.toContain('next with the person');
    expect(page.all('#next-hours form')).toEqual([]);
    const whole = await visitor.go(paths.wholeResult(id));
    expect(whole.all('#next-hours form')).toEqual([]);
  });

  it('needs an answer, keeps what was typed, and accepts none from anybody else', async () => {
    const { opened, visitor, id, page } = await openResult();
    const refused = await answer(visitor, page, { note: 'At 15:15' });
    expect(refused.status).toBe(422);
    expect(refused.errors.join()).toContain('I don’t know');
    expect(refused.form(/\/next-hours$/).sends.get('note')).toBe('At 15:15');
    expect((await answer(visitor, page, { chosen: 'planted' })).status).toBe(422);
    const other = opened.visit('192.0.2.2');
    const token = (await other.go(paths.return())).form(paths.return()).sends.get('token') ?? '';
    expect((await other.post(paths.nextHours(id), { token, chosen: 'today' })).status).toBe(404);
  });

  it('is recorded once if sent twice, and an outdated page is refused with what it sent', async () => {
    const { opened, visitor, id, page } = await openResult();
    await Promise.all([1, 2].map(() => answer(visitor, page, { chosen: 'today' })));
    const kept = async () =>
      ((await opened.store.log.read(id)) ?? []).filter(({ what }) => what.kind === 'next hours recorded');
    expect(await kept()).toHaveLength(1);
    const stale = await answer(visitor, page, { chosen: 'later', note: 'Tuesday' });
    expect(stale.status).toBe(409);
    expect(stale.form(/\/next-hours$/).sends.get('note')).toBe('Tuesday');
    expect(await kept()).toHaveLength(1);
    expect((await visitor.send(stale.form(/\/next-hours$/))).status).toBe(200);
    expect(await kept()).toHaveLength(2);
  });

  it('is not asked in an emergency, when 999 comes first', async () => {
    const { page } = await openResult('bury', 'danger_now');
    expect(page.find('#next-hours')).toBeUndefined();
  });
});

describe('whom to ring if nobody answers', () => {
  it.each([
    ['at nine on a Sunday', '2026-11-22T09:00:00Z', 'Emergency duty team'],
    ['on a Thursday at noon', '2026-11-26T12:00:00Z', 'MASH'],
  ])('begins with a contact that answers at this hour, %s', async (_when, instant, name) => {
    const opened = await openApp({ clock: createClock(new Date(instant)) });
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
    expect((await visitor.go(paths.result(id))).all('#next-hours ol li').map(wordsOf)[0]).toContain(name);
  });

  it('gives a number that answers at night, or says that none is known, at every urgent or high result', () => {
    const moment = { weekday: 4, time: '23:00', isHoliday: false };
    const without = new Set<string>();
    let looked = 0;
    for (const area of realLibrary.areas.values())
      for (const flow of area.flows.values()) {
        if (flow.reader !== 'professional' || area.facts.id === 'national') continue;
        for (const { answers, position } of walkCases(realLibrary, flow, TODAY)) {
          if (position.at.kind !== 'end') continue;
          const result = describeResult({ flow, position, answers }, { opened: TODAY, today: TODAY });
          if (!mattersSoon(result, flow.area)) continue;
          looked += 1;
          if (!hasNightNumber(numbersInTurn(result, moment))) without.add(area.facts.id);
        }
      }
    expect(looked).toBeGreaterThan(200);
    // No source gives a number for Bolton's night team.
    expect([...without]).toEqual(['bolton']);
  });

  it('says so if none is known', async () => {
    const { page } = await openResult('bolton', 'nine_year_old_abused');
    expect(section(page)).toContain('No number is known here that answers at night');
    expect(page.words('.fd-action')).toContain('No number for nights and weekends is known');
  });

  it('does not say so beside a number that answers day and night', async () => {
    const { page } = await openResult('bolton', 'card_at_camp');
    expect(page.words('.fd-action')).toContain('mental health crisis line');
    expect(page.words('.fd-action')).not.toContain('No number for nights');
  });
});
