import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';
import { attribute } from '../page.ts';
import { openDeskApp } from '../people/desk-app.ts';

const CHILDLINE = paths.wrongNumberOf('national', 'childline');

describe('"This number is wrong"', () => {
  it('is beside every contact, with a distinct name', async () => {
    const page = await (await openApp()).visit().go(paths.contacts());
    const links = page.all('a').filter((link) => attribute(link, 'href')?.startsWith(paths.wrongNumber()));
    expect(links.length).toBeGreaterThan(50);
    expect(links).toHaveLength(page.all('.fd-contact').length);
    expect(new Set(links.map((link) => attribute(link, 'href'))).size).toBe(links.length);
  });

  it('accepts no free text, asks again for what is missing, and has "Exit this page"', async () => {
    const visitor = (await openApp()).visit();
    const page = await visitor.go(paths.wrongNumberOf('national', 'forced_marriage_unit'));
    expect(page.all('textarea, input[type=text]')).toHaveLength(0);
    expect(page.find('.govuk-exit-this-page')).toBeDefined();
    const form = page.form(paths.wrongNumber());
    const again = await visitor.send(form, { wrong: 'has_changed' });
    expect([again.status, again.title]).toEqual([422, 'Error: This number is wrong – Front Door']);
    expect(again.text).toContain('Choose which number or address is wrong');
    expect(again.form(paths.wrongNumber()).sends.get('wrong')).toBe('has_changed');
    const told = await visitor.send(form, { wrong: 'has_changed', way: '020 7008 1500' });
    expect(told.heading).toBe('Thank you');
  });

  it('accepts no number and no reason that was not offered', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const form = (await visitor.go(CHILDLINE)).form(paths.wrongNumber());
    expect((await visitor.send(form, { wrong: 'my neighbour is Ann' })).status).toBe(422);
    expect((await visitor.send(form, { wrong: 'has_changed', contact: 'nobody' })).status).toBe(404);
    expect((await visitor.go(paths.wrongNumberOf('nowhere', 'childline'))).status).toBe(404);
    expect(await opened.store.numberReports.openOf(['national'])).toEqual([]);
  });

  it('is stored once however often it is reported, without saying who reported it', async () => {
    const opened = await openApp();
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      const visitor = opened.visit(address);
      await visitor.send((await visitor.go(CHILDLINE)).form(paths.wrongNumber()), {
        way: '0800 1111',
        wrong: 'nobody_answers',
      });
    }
    expect(await opened.store.numberReports.openOf(['national'])).toEqual([
      {
        ...{ number: 1, area: 'national', contact: 'childline', way: '0800 1111', wrong: 'nobody_answers', times: 3 },
        ...{ firstOn: '2026-11-22', lastOn: '2026-11-22' },
      },
    ]);
  });

  it('is limited: from one address, and from all together', async () => {
    // Several servers each allow their share.
    const opened = await openApp({ servers: 1 });
    const send = async (address: string) => {
      const visitor = opened.visit(address);
      return visitor.send((await visitor.go(CHILDLINE)).form(paths.wrongNumber()), {
        way: '0800 1111',
        wrong: 'somebody_else',
      });
    };
    for (let count = 0; count < 10; count++) expect((await send('192.0.2.9')).heading).toBe('Thank you');
    const refused = await send('192.0.2.9');
    expect([refused.status, refused.words('.govuk-error-summary')]).toEqual([
      429,
      expect.stringMatching(/Wait \d+ minutes/),
    ]);
    expect((await send('192.0.2.10')).status).toBe(200);
    opened.clock.pass(61);
    expect((await send('192.0.2.9')).status).toBe(200);
  });
});

describe('the safeguarding lead', () => {
  it('is told on the queue, sees which number it is, and settles it once', async () => {
    const world = await openDeskApp();
    const { numberReports } = world.store;
    await numberReports.add({ area: 'national', contact: 'childline', way: '0800 1111', wrong: 'somebody_else' });
    await numberReports.add({ area: 'bury', contact: 'mash', way: '0161 253 5678', wrong: 'has_changed' });
    const lead = await world.openDesk('safeguarding lead');
    expect((await lead.get(paths.desk())).text).toContain('2 numbers are said to be wrong.');
    const page = (await lead.get(paths.deskNumbers())).text;
    for (const words of ['Childline, 0800 1111', 'Multi-Agency Safeguarding Hub (MASH), 0161 253 5678', 'Said once'])
      expect(page.replace(/\s+/g, ' ')).toContain(words);
    await lead.post(paths.deskNumbers(), { number: '2', outcome: 'was_changed' }, paths.deskNumbers());
    await lead.post(paths.deskNumbers(), { number: '1', outcome: 'thrown away' }, paths.deskNumbers());
    expect((await numberReports.openOf(['national', 'bury'])).map(({ contact }) => contact)).toEqual(['childline']);
    expect(await numberReports.settle(2, ['bury'], { id: 'x', outcome: 'was_right' })).toBe(false);
    // If it is reported again after it was settled, it is open again.
    await numberReports.add({ area: 'bury', contact: 'mash', way: '0161 253 5678', wrong: 'has_changed' });
    expect(await numberReports.openOf(['bury'])).toMatchObject([{ number: 3, times: 1 }]);
  });

  it('sees none of another council’s, and nobody else sees any', async () => {
    const world = await openDeskApp();
    await world.store.numberReports.add({ area: 'bury', contact: 'mash', way: '0161 253 5678', wrong: 'has_changed' });
    const other = await world.openDesk('safeguarding lead', 'bolton');
    expect((await other.get(paths.deskNumbers())).text).toContain('Nobody has said that a number is wrong.');
    await other.post(paths.deskNumbers(), { number: '1', outcome: 'was_right' }, paths.deskNumbers());
    expect(await world.store.numberReports.openOf(['bury'])).toHaveLength(1);
    const duty = await world.openDesk('duty worker');
    expect((await duty.get(paths.desk())).text).not.toContain('said to be wrong');
    expect((await duty.get(paths.deskNumbers())).status).toBe(403);
  });
});
