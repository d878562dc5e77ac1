/** The page "What to say when you ring": reached from the result, filled from the answers, and private. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';
import { attribute, wordsOf } from '../page.ts';
import { answer, givenIn, idOf, jumpToResult, openDoor } from '../walking.ts';

describe('what to say on the telephone', () => {
  it('is linked from the result, and says what was answered, in the order in which it is asked', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
    const links = (await visitor.go(paths.result(id))).all('.fd-action a').map((link) => attribute(link, 'href'));
    expect(links).toContain(paths.call(id));
    const page = await visitor.go(paths.call(id));
    expect(page.title).toBe('What to say when you ring – Front Door, Bury');
    expect(page.words('main')).toContain('Several people abuse, or several children are abused');
    const [concern, whereabouts] = ['The worry, and how it arose', 'Where the child is now'].map((words) =>
      page.words('main').indexOf(words),
    );
    expect(concern).toBeGreaterThan(0);
    expect(whereabouts).toBeGreaterThan(concern ?? 0);
    expect(page.words('#police-call')).toBe('To the police');
    expect(page.words('main')).toContain('Nothing on this page has been sent');
  });

  it('leaves a line to write on for each thing that is asked', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
    const page = await visitor.go(paths.call(id));
    const lines = page.all('ol.fd-script__lines > li');
    expect(lines).toHaveLength(8);
    for (const line of lines)
      expect(line.querySelectorAll('.fd-script__rule').length, wordsOf(line)).toBeGreaterThan(0);
  });

  it('puts 999 first if somebody is in danger', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'danger_now');
    const headings = (await visitor.go(paths.call(id))).all('main h2').map(wordsOf);
    expect(headings.slice(0, 2)).toEqual(['To the police', 'To children’s services']);
  });

  it('says to ring an ambulance first, and then the front door rather than a helpline', async () => {
    const visitor = (await openApp()).visit();
    const story = { immediate_danger: 'no', self_harm_seen: ['hurt_now'], telling_brings_harm: 'no' };
    let page = await openDoor(visitor, 'bury', 'self_harm');
    const id = idOf(page);
    while (page.question !== undefined) page = await answer(visitor, page, givenIn(story, page.question) ?? 'unknown');
    expect(page.words('.fd-action .fd-phone--big')).toBe('999');
    const call = await visitor.go(paths.call(id));
    const [first, numbers] = call.all('.fd-script__numbers').map(wordsOf);
    expect(first).toMatch(/^First: .*999$/);
    expect(numbers).toMatch(/MASH.*0161 253 5678/);
  });

  it('redirects to the open question while questions are open, and is shown to nobody else', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = idOf(await openDoor(visitor, 'bury', 'level'));
    expect((await visitor.go(paths.call(id))).question).toBe('immediate_danger');
    expect((await opened.visit('192.0.2.2').go(paths.call(id))).status).toBe(404);
  });
});
