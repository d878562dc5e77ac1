/** The first box of a result: advice on the parents, how to continue after 999, and whether everything known has been passed on. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';
import { attribute, type Page } from '../page.ts';
import { answer, idOf, jumpToResult, openDoor } from '../walking.ts';

const goOn = (page: Page) =>
  page.all('.fd-action a').find((link) => /^\s*I have called 999: go on\s*$/.test(link.textContent ?? ''));

describe('after "Call 999 now"', () => {
  it('a link leads back to the same question, where another answer leads to more questions', async () => {
    const visitor = (await openApp()).visit();
    const first = await openDoor(visitor, 'bury', 'level');
    const id = idOf(first);
    const end = await answer(visitor, await answer(visitor, first, 'yes'), 'calling_now');
    expect(end.end).toBe('call_999');
    const link = goOn(end);
    expect(link && attribute(link, 'href')).toBe(`${paths.question(id, 'danger_reported')}#question`);
    const changing = await visitor.go(paths.question(id, 'danger_reported'));
    // Somebody who has done as they were told has not answered wrongly.
    expect(changing.words('.fd-changing')).toMatch(/^You answered this last/);
    const next = await answer(visitor, changing, 'called');
    expect(next.end).toBeUndefined();
  });

  it('is on no other result', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'harm_by_act');
    expect(goOn(await visitor.go(paths.result(id)))).toBeUndefined();
    // An ambulance is an emergency, too, but nothing is asked after that call.
    const hurt = await jumpToResult(opened, visitor, 'national', 'selfharm_tablets_yesterday');
    const page = await visitor.go(paths.result(hurt));
    expect(page.words('.fd-action--emergency .fd-phone--big')).toBe('999');
    expect(goOn(page)).toBeUndefined();
  });
});

describe('the first box', () => {
  it('says what to do about the parents if telling them does harm, and links to why', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
    const page = await visitor.go(paths.result(id));
    const whole = await visitor.go(paths.wholeResult(id));
    const stands = whole.words('#parents .fd-stand__word');
    expect(stands).toMatch(/^Do not tell the parents/);
    expect(page.words('.fd-action')).toContain(stands);
  });
});

describe('what was told before the answers changed', () => {
  it('has to be told again, and the page does not look finished until then', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'harm_by_act');
    const told = { kind: 'told', spokeTo: 'Joan at MASH', when: 'today at 14:20', reference: 'M 123' } as const;
    const tell = () => opened.store.log.decide(id, () => [told], 'professional');
    await tell();
    expect((await visitor.go(paths.result(id))).words('.fd-told')).toContain('You wrote down that you told');
    await answer(visitor, await visitor.go(paths.question(id, 'immediate_danger')), 'unknown');
    const changed = await visitor.go(paths.record(id));
    expect(changed.words('.fd-untold')).toMatch(
      /^Your answers have changed since you told children’s services.*Joan at MASH/,
    );
    expect(changed.all('.fd-told')).toEqual([]);
    await tell();
    expect((await visitor.go(paths.record(id))).all('.fd-untold')).toEqual([]);
  });
});
