import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';
import { attribute, type Page, wordsOf } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { answer, idOf, openDoor, storyOf, walkCase, walkOn } from '../walking.ts';

/** The result with everything behind it. */
const wholeOf = (visitor: Visitor, result: Page) => visitor.go(paths.wholeResult(idOf(result)));
const turnsOf = (page: Page) => page.all('#turns > .fd-turn').map(wordsOf);

async function change(visitor: Visitor, id: string, question: string, given: string) {
  return answer(visitor, await visitor.go(paths.question(id, question)), given);
}

describe('a changed answer', () => {
  /** 999 was called, and then social care was told the rest. */
  async function walkDanger() {
    const opened = await openApp();
    const visitor = opened.visit();
    const end = await walkCase(visitor, 'bury', 'danger_called_and_abuse_told');
    return { ...opened, visitor, end, id: idOf(end) };
  }

  it('keeps later answers that still apply, and asks nothing twice', async () => {
    const { visitor, end, id } = await walkDanger();
    expect(end.end).toBe('refer_now');
    const changed = await change(visitor, id, 'immediate_danger', 'no');
    expect(changed.url).toBe(paths.result(id));
    expect(turnsOf(await wholeOf(visitor, changed)).join()).toContain('sexually abused');
  });

  it('removes what no longer applies from the transcript and the advice, and keeps it in the log', async () => {
    const { visitor, end, id, store } = await walkDanger();
    const before = await wholeOf(visitor, end);
    expect(before.words('#police')).toContain('Call 999');
    expect(turnsOf(before).join()).toContain('Have you called?');
    const changed = await wholeOf(visitor, await change(visitor, id, 'immediate_danger', 'no'));
    expect(turnsOf(changed).join()).not.toContain('Have you called?');
    expect(changed.words('#police')).not.toContain('Call 999');
    expect(changed.text).not.toContain('If it gets worse, call 999 again');
    const entries = (await store.log.read(id)) ?? [];
    expect(entries.filter(({ what }) => what.kind === 'answered' && what.question === 'danger_reported')).toHaveLength(
      1,
    );
    const record = await visitor.go(paths.record(id));
    expect(record.words('#answers ol')).not.toContain('Have you called?');
    expect(record.words('#answers')).toMatch(/the questions do not lead to it: .*Have you called\?/);
    expect(record.words('#entries')).toContain('Have you called?');
    const text = await visitor.go(paths.download(id, 'txt'));
    expect(text.html).toMatch(/ANSWERS THAT NO LONGER APPLY|Answers that no longer apply/);
  });

  it('asks only what is new', async () => {
    const visitor = (await openApp()).visit();
    const { flow, story } = storyOf('bury', 'danger_called_and_abuse_told');
    const calm = await walkOn(visitor, await openDoor(visitor, 'bury', flow), { ...story, immediate_danger: 'no' });
    expect(calm.end).toBe('refer_now');
    const asked = await change(visitor, idOf(calm), 'immediate_danger', 'yes');
    expect(asked.question).toBe('danger_reported');
    expect((await answer(visitor, asked, 'called')).end).toBe('refer_now');
  });

  it('is two entries in the record, with the older one untouched', async () => {
    const { visitor, id, store } = await walkDanger();
    const before = (await store.log.read(id)) ?? [];
    await change(visitor, id, 'child_age', '15');
    const after = (await store.log.read(id)) ?? [];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).map(({ what }) => what)).toEqual([
      { kind: 'answered', question: 'child_age', answer: 15 },
    ]);
  });

  it('shows the question again if it is refused, with the input kept', async () => {
    const { visitor, id } = await walkDanger();
    const changing = await visitor.go(paths.question(id, 'child_age'));
    const refused = await answer(visitor, changing, '99');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('You are changing an earlier answer');
    expect(refused.questionForm.sends.getAll('child_age')).toEqual(['99']);
    expect((await visitor.go(paths.result(id))).end).toBe('refer_now');
  });
});

describe('an outdated form', () => {
  /** Two tabs show the same first question; one has answered it and gone on. */
  async function openTwoTabs() {
    const opened = await openApp();
    const visitor = opened.visit();
    const older = await openDoor(visitor, 'bury', 'level');
    await answer(visitor, older, 'no');
    return { ...opened, visitor, older, id: idOf(older) };
  }

  it('with a different answer overwrites nothing: both answers are shown', async () => {
    const { visitor, older, id, store } = await openTwoTabs();
    const conflict = await answer(visitor, older, 'yes');
    expect(conflict.status).toBe(409);
    expect(conflict.heading).toBe('You answered this before, differently. Which one counts?');
    const [saved, sent] = conflict.all('.fd-choice__side').map(wordsOf);
    expect(saved).toMatch(/Saved before.*No/);
    expect(sent).toMatch(/Sent just now.*Yes/);
    expect(conflict.text).toContain('Is a child, or anyone else, in danger right now?');
    expect(await store.log.read(id)).toHaveLength(2);
  });

  it('counts if the person chooses it', async () => {
    const { visitor, older } = await openTwoTabs();
    const conflict = await answer(visitor, older, 'yes');
    const next = await visitor.send(conflict.form(/\/answers$/));
    expect(next.question).toBe('danger_reported');
  });

  it('does not count if the person keeps the other', async () => {
    const { visitor, older, id, store } = await openTwoTabs();
    const conflict = await answer(visitor, older, 'yes');
    const kept = await visitor.go(conflict.form(paths.consultation(id)).action);
    expect(kept.question).toBe('who_is_asking');
    expect(await store.log.read(id)).toHaveLength(2);
  });

  it('asks again if the answer has changed once more in the meantime', async () => {
    const { visitor, older, id } = await openTwoTabs();
    const conflict = await answer(visitor, older, 'yes');
    const unsure = await change(visitor, id, 'immediate_danger', 'unknown');
    expect(unsure.question).toBe('danger_seen');
    const again = await visitor.send(conflict.form(/\/answers$/));
    expect(again.status).toBe(409);
    expect(again.all('.fd-choice__side').map(wordsOf)[0]).toContain('I don’t know');
  });

  it('is answered with a whole page with htmx too, with the same status', async () => {
    const { visitor, older } = await openTwoTabs();
    const conflict = await answer(visitor, older, 'yes', { 'HX-Request': 'true' });
    expect(conflict.status).toBe(409);
    expect(conflict.html).toMatch(/^<!doctype html>/i);
  });

  it('of two different ones sent at once, one wins and the other is shown both', async () => {
    const { visit } = await openApp();
    const visitor = visit();
    const page = await openDoor(visitor, 'bury', 'level');
    const both = await Promise.all([answer(visitor, page, 'no'), answer(visitor, page, 'yes')]);
    expect(both.map((next) => next.status).sort()).toEqual([200, 409]);
  });
});

describe('a consultation', () => {
  it('that does not exist, and one of another browser, get the same page, whatever is asked of it', async () => {
    const { visit, store } = await openApp();
    const [mine, other] = [visit(), visit()];
    const id = idOf(await openDoor(mine, 'bury', 'level'));
    const token = (await openDoor(other, 'bury', 'level')).questionForm.sends.get('token') ?? '';
    const before = await store.log.read(id);
    const gets = [
      paths.consultation,
      (one: string) => paths.question(one, 'immediate_danger'),
      paths.result,
      paths.map,
      paths.record,
      (one: string) => paths.download(one, 'pdf'),
      (one: string) => paths.download(one, 'txt'),
      (one: string) => paths.download(one, 'json'),
    ];
    const posts = [
      paths.answers,
      paths.moves,
      paths.codes,
      (one: string) => paths.addition(one, 'notes'),
      (one: string) => paths.addition(one, 'tellings'),
      (one: string) => paths.addition(one, 'corrections'),
    ];
    const fields = { token, question: 'immediate_danger', immediate_danger: 'yes', text: 'x', spokeTo: 'x', when: 'x' };
    const shown = (page: Page) => [page.status, page.html];
    for (const path of gets) {
      const theirs = await other.go(path(id));
      expect([404, path(id)]).toEqual([theirs.status, path(id)]);
      expect(shown(theirs)).toEqual(shown(await other.go(path('AAAAAAAAAAAAAAAAAAAAAA'))));
    }
    for (const path of posts) {
      const theirs = await other.post(path(id), fields);
      expect([404, path(id)]).toEqual([theirs.status, path(id)]);
      expect(shown(theirs)).toEqual(shown(await other.post(path('AAAAAAAAAAAAAAAAAAAAAA'), fields)));
    }
    expect(await store.log.read(id)).toEqual(before);
    expect((await other.go(paths.consultation(id))).title).toBe('We cannot find that page – Front Door');
  });

  it('belongs to the browser, not to somebody who knows its URL or reference', async () => {
    const { visit } = await openApp();
    const mine = visit();
    const page = await openDoor(mine, 'bury', 'level');
    const stranger = visit();
    stranger.cookies.set('front_door', 'A'.repeat(43));
    expect((await stranger.go(page.url)).status).toBe(404);
    stranger.cookies.set('front_door', '"; drop table holders');
    expect((await stranger.go(page.url)).status).toBe(404);
    expect((await mine.go(page.url)).status).toBe(200);
  });

  it('is closed to the browser after twelve hours, and open to somebody with the code', async () => {
    const { visit, clock } = await openApp();
    const visitor = visit();
    const page = await openDoor(visitor, 'bury', 'level');
    const shown = await visitor.send((await visitor.go(paths.record(idOf(page)))).form(/\/codes$/));
    const code = shown.words('.fd-code__code');
    const reference = shown.heading.replace('Record ', '');
    clock.pass(12 * 60 + 1);
    expect((await visitor.go(page.url)).status).toBe(404);
    const back = await visitor.send((await visitor.go(paths.return())).form(paths.return()), { reference, code });
    expect(back.question).toBe('immediate_danger');
  });
});

describe('the path that was walked', () => {
  it('is drawn and described in words, with the answers, before and after the end', async () => {
    const visitor = (await openApp()).visit();
    const { flow, story } = storyOf('bury', 'harm_by_act');
    const open = await answer(visitor, await openDoor(visitor, 'bury', flow), 'no');
    const halfway = await visitor.go(paths.map(idOf(open)));
    expect(halfway.text).toContain('Is a child, or anyone else, in danger right now?');
    expect(attribute(halfway.find('.fd-back'), 'href')).toBe(paths.consultation(idOf(open)));
    const end = await walkOn(visitor, open, story);
    const map = await visitor.go(paths.map(idOf(end)));
    expect(map.all('svg').length).toBeGreaterThan(0);
    expect(map.text).toContain(end.heading);
    const named = map.all('svg').flatMap((svg) => attribute(svg, 'aria-labelledby')?.split(' ')[0] ?? []);
    expect(named.length).toBeGreaterThan(0);
    for (const id of named) expect(map.find(`#${id}`)).toBeDefined();
  });
});
