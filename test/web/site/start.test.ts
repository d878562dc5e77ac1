import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp, realLibrary } from '../app.ts';
import { attribute, type Page, wordsOf } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { idOf, openDoor, walkOn } from '../walking.ts';

const linksOf = (page: Page) => page.all('a').map((link) => attribute(link, 'href') ?? '');

describe('the first page', () => {
  it('asks who you are and where the child lives, and shows 999 before anything else', async () => {
    const page = await (await openApp()).visit().go(paths.start());
    expect(page.status).toBe(200);
    expect(page.title).toBe('Start – Front Door');
    expect(page.heading).toBe('Worried about a child?');
    const links = linksOf(page);
    for (const area of ['bury', 'bolton', 'stockport']) expect(links).toContain(paths.area(area));
    expect(links).toContain(paths.area('national'));
    expect(links).toContain(paths.talkFor('public'));
    expect(links).toContain(paths.talkFor('child'));
    expect(links.indexOf('tel:999')).toBeLessThan(links.indexOf(paths.area('bolton')));
  });

  it('comes in one request, with nothing from elsewhere', async () => {
    const page = await (await openApp()).visit().go(paths.start());
    for (const [selector, name] of [
      ['script', 'src'],
      ['link', 'href'],
      ['img', 'src'],
      ['iframe', 'src'],
    ] as const)
      for (const element of page.all(selector)) expect(attribute(element, name)).toMatch(/^\/static\/|^data:,$/);
  });
});

describe('the doors of an area', () => {
  it.each([
    ['bury', 'level', '0161 253 5678'],
    ['stockport', 'exploitation', '0161 217 6028'],
  ])('%s shows its doors and the number of its front door', async (area, flow, number) => {
    const page = await (await openApp()).visit().go(paths.area(area));
    expect(page.all('button').map((button) => attribute(button, 'value'))).toContain(flow);
    expect(page.words('.fd-urgent')).toContain(number);
  });

  it('does not offer the conversations of the public or of children to a professional', async () => {
    const { visit } = await openApp();
    for (const area of ['bury', 'bolton', 'stockport']) {
      const page = await visit().go(paths.area(area));
      const doors = page.all('button').map((button) => attribute(button, 'value'));
      expect(doors).not.toContain('public');
      expect(doors).not.toContain('child');
    }
  });

  it.each(['salford', '__proto__', '%00', '..%2f..%2fetc'])('do not exist for %s', async (area) => {
    const page = await (await openApp()).visit().go(`/areas/${area}`);
    expect(page.status).toBe(404);
    expect(page.words('.fd-urgent')).toContain('Call 999');
  });
});

describe('a child who lives elsewhere', () => {
  it('has doors too, how to find the council first, and no number of an area', async () => {
    const visitor = (await openApp()).visit();
    const page = await visitor.go(paths.area('national'));
    const doors = page.all('button').map((button) => attribute(button, 'value'));
    expect(doors.find(Boolean)).toBe('another_place');
    for (const door of ['self_harm', 'worry_about_worker', 'no_particular_child']) expect(doors).toContain(door);
    for (const door of ['level', 'public', 'child']) expect(doors).not.toContain(door);
    expect(page.words('.fd-urgent')).not.toMatch(/0161/);
  });

  it('has a separate consultation, which ends at that child’s council', async () => {
    const { visit } = await openApp();
    const answers = {
      immediate_danger: 'no',
      where_child_is_now: 'at_home',
      next_hours: 'nothing_known',
      serious_worry: 'yes',
    };
    const visitor = visit();
    const opened = await openDoor(visitor, 'national', 'another_place');
    expect(opened.text).toMatch(/Consultation N( \d\d){4} \d/);
    const result = await walkOn(visitor, opened, answers);
    expect(result.heading).toContain('the council where the child lives');
    expect(linksOf(result)).toContain('https://www.gov.uk/report-child-abuse-to-local-council');
  });
});

describe('the doors that every area has', () => {
  it.each(['bury', 'bolton', 'stockport'])('%s shows them below its own', async (area) => {
    const page = await (await openApp()).visit().go(paths.area(area));
    const doors = page.all('button').map((button) => attribute(button, 'value'));
    for (const door of ['self_harm', 'worry_about_worker', 'another_place'])
      expect(doors.indexOf(door)).toBeGreaterThan(doors.indexOf('may_i_tell_parents'));
  });
});

describe('opening', () => {
  it('redirects to a new page, which can be reloaded', async () => {
    const { visit, store } = await openApp();
    const visitor = visit();
    const page = await openDoor(visitor, 'bury', 'level');
    expect(page.way).toEqual([paths.consultations(), paths.question(idOf(page), 'immediate_danger')]);
    expect(page.question).toBe('immediate_danger');
    expect(page.text).toMatch(/Consultation B( \d\d){4} \d/);
    expect((await visitor.go(page.url)).question).toBe('immediate_danger');
    expect(await store.log.read(idOf(page))).toHaveLength(1);
  });

  it('gives each person a consultation of their own', async () => {
    const { visit } = await openApp();
    const [one, two] = [await openDoor(visit(), 'bury', 'level'), await openDoor(visit(), 'bury', 'level')];
    expect(idOf(one)).not.toBe(idOf(two));
    expect(one.words('.fd-reference')).not.toBe(two.words('.fd-reference'));
  });

  it.each([
    { area: 'bury', flow: 'no_such_flow' },
    { area: 'salford', flow: 'level' },
    { area: 'national', flow: 'public' },
    { area: 'national', flow: 'child' },
    { area: 'bury', flow: '__proto__' },
    { area: 'bury', flow: 'parents' },
    { area: '', flow: '' },
  ])('opens nothing for %o', async (sent) => {
    const visitor = (await openApp()).visit();
    const { sends } = (await visitor.go(paths.area('bury'))).form(paths.consultations());
    const fields = { token: sends.get('token') ?? '', ...sent };
    const page = await visitor.post(paths.consultations(), fields);
    expect(page.status).toBe(404);
    expect(page.way).toHaveLength(1);
  });
});

async function search(visitor: Visitor, words: string) {
  return visitor.send((await visitor.go(paths.search())).form(paths.search()), { words });
}

describe('the search', () => {
  it.each([
    ['county lines', 'exploitation'],
    ['missing', 'missing'],
    ['may I tell the parents', 'may_i_tell_parents'],
  ])('finds a door for "%s", and its words are in no URL', async (words, flow) => {
    const page = await search((await openApp()).visit(), words);
    expect(page.all('input').map((input) => attribute(input, 'value'))).toContain(flow);
    expect(page.title).toBe('Search – Front Door');
    expect(page.way).toEqual([paths.search()]);
  });

  it('opens a found door in the area that is pressed, and in no other automatically', async () => {
    const visitor = (await openApp()).visit();
    const page = await search(visitor, 'self harm');
    const [first] = page.all('form').filter((form) => attribute(form, 'action') === paths.consultations());
    const areas = (first?.querySelectorAll('button') ?? []).map((button) => attribute(button, 'value'));
    expect(areas).toEqual(['bolton', 'bury', 'stockport', 'national']);
    const { sends } = page.form(paths.consultations());
    expect(sends.has('area')).toBe(false);
    const opened = await visitor.post(paths.consultations(), {
      token: sends.get('token') ?? '',
      flow: sends.get('flow') ?? '',
      area: 'bolton',
    });
    expect(opened.question).toBeDefined();
    expect(opened.words('.fd-header')).toContain('Bolton');
  });

  it('in an area opens its own doors at once', async () => {
    const visitor = (await openApp()).visit();
    const box = (await visitor.go(paths.area('bury'))).form(paths.search());
    const page = await visitor.send(box, { words: 'neglect' });
    const [first] = page.all('form').filter((form) => attribute(form, 'action') === paths.consultations());
    expect((first?.querySelectorAll('button') ?? []).map((button) => attribute(button, 'value'))).toEqual(['bury']);
  });

  it.each(['i want to die', 'someone is hurting me right now'])(
    'puts 999 and Childline above everything for “%s”, and the child’s door first',
    async (words) => {
      const page = await search((await openApp()).visit(), words);
      const links = linksOf(page).slice(linksOf(page).indexOf('tel:999', 1));
      expect(page.html.indexOf('fd-search-danger')).toBeLessThan(page.html.indexOf('fd-doors'));
      expect(links).toContain('tel:08001111');
      expect(links.find((link) => link.startsWith('/talk'))).toBe(paths.talkFor('child'));
    },
  );

  it('says that a place is not covered, without repeating the word, and how to find its council', async () => {
    const page = await search((await openApp()).visit(), 'Oldham neglect');
    expect(page.words('.fd-conflict')).toContain('Bolton, Bury and Stockport');
    expect(linksOf(page)).toContain(paths.area('national'));
    // The doors that were found open for a child who lives elsewhere, before each area; "The child lives somewhere
    // else" opens in no area.
    const buttons = page.all('.fd-doors form').map((form) => form.querySelectorAll('button'));
    const values = buttons.map((those) => those.map((button) => attribute(button, 'value')));
    expect(values[0]).toEqual(['national']);
    expect(values.filter((those) => those.includes('national') && those[0] !== 'national')).toEqual([]);
  });

  it('names what opens in each area if the areas have different names for it', async () => {
    const page = await search((await openApp()).visit(), 'neglect');
    const { areas } = realLibrary;
    for (const area of ['bolton', 'stockport'])
      expect(page.words('.fd-doors')).toContain(
        `${areas.get(area)?.facts.name}: ${areas.get(area)?.flows.get('other_worry')?.title}`,
      );
  });

  it('leads people who are not professionals to the doors that store nothing', async () => {
    const page = await search((await openApp()).visit(), 'grandparent');
    expect(linksOf(page)).toContain(paths.talkFor('public'));
    const opens = page.all('form').filter((form) => attribute(form, 'action') === paths.consultations());
    expect(opens.map((form) => attribute(form.querySelector('button') ?? undefined, 'value'))).not.toContain('public');
  });

  it('helps if nothing is found, with whom to ring', async () => {
    const page = await search((await openApp()).visit(), 'qqqqq');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Nothing was found');
    expect(linksOf(page)).toEqual(expect.arrayContaining(['tel:999', 'tel:01612535678', 'tel:01612176028']));
  });

  it('shows what was typed as text, whatever it is, and never in the title', async () => {
    const { visit, log } = await openApp();
    for (const words of [
      '<script>alert(1)</script>',
      '"><img src=x>',
      '\u0000\u202e',
      'x'.repeat(5000),
      '%',
      "'; drop",
    ]) {
      const page = await search(visit(), words);
      expect(page.status).toBe(200);
      expect(page.title).toBe('Search – Front Door');
      expect(page.all('img')).toHaveLength(0);
      expect(page.html).not.toContain('<script>alert');
    }
    expect(log).toEqual([]);
  });
});

describe('pages that always work', () => {
  it.each([paths.contacts(), paths.privacy(), paths.accessibility(), paths.about(), paths.return()])(
    '%s',
    async (path) => {
      const page = await (await openApp()).visit().go(path);
      expect(page.status).toBe(200);
      expect(page.all('h1')).toHaveLength(1);
    },
  );

  it('each contact says where it comes from and whether it is checked', async () => {
    const page = await (await openApp()).visit().go(paths.contacts());
    const cards = page.all('.fd-contact');
    expect(cards.length).toBeGreaterThan(20);
    for (const card of cards) {
      const words = wordsOf(card);
      expect(words).toContain('Source: ');
      // National numbers that everybody knows say how they are known; 999 needs no remark.
      if (card.querySelector('.fd-contact__number') !== null && !words.includes(' 999 '))
        expect(words).toMatch(/Not checked|Checked \d|Seen in November 2026|seen for this service in November 2026/);
    }
  });
});

describe('what is not there', () => {
  it.each([
    '/nowhere',
    '/consultations/x/nowhere',
    '/static/../server/main.ts',
    '/static/manifest.json',
    '/favicon.ico',
  ])('%s shows a helpful page', async (path) => {
    const page = await (await openApp()).visit().go(path);
    expect(page.status).toBe(404);
    expect(page.heading).toBe('We cannot find that page');
    expect(linksOf(page)).toContain('tel:999');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s changes nothing and is refused', async (method) => {
    const { visit, store } = await openApp();
    const visitor = visit();
    const page = await openDoor(visitor, 'bury', 'level');
    const refused = await visitor.request(page.url, { method });
    expect(refused.status).toBe(404);
    expect(await store.log.read(idOf(page))).toHaveLength(1);
  });
});
