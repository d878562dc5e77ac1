import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp, realLibrary } from '../app.ts';
import type { Page } from '../page.ts';
import { attribute } from '../page.ts';

/** Each dark module of each drawn QR code, as `x,y`. */
function drawnDots({ html }: Page): string[][] {
  return [...html.matchAll(/<path [^>]*d="([^"]+)"/g)].map(([, drawn = '']) =>
    [...drawn.matchAll(/M(\d+),(\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`),
  );
}

function dotsFor(text: string): string[] {
  return encode(text, { border: 4 }).data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`${x},${y}`] : [])));
}

describe('the posters', () => {
  it('are linked from "About", one for children and one for adults', async () => {
    const visitor = (await openApp()).visit();
    const links = (await visitor.go(paths.about())).all('main a').map((link) => attribute(link, 'href'));
    expect(links).toContain(paths.posters());
    expect((await visitor.go(paths.posters())).all('.fd-poster')).toHaveLength(2);
  });

  it('show the public URL in words and as a QR code, and each URL opens its door', async () => {
    const opened = await openApp();
    const origin = 'https://frontdoor.example';
    opened.services.signing = { ...opened.services.signing, publicUrl: origin };
    const visitor = opened.visit();
    const page = await visitor.go(paths.posters());
    const addresses = page.all('.fd-poster__address').map(({ textContent }) => textContent);
    expect(addresses).toEqual([`${origin}/talk?for=child`, `${origin}/`]);
    expect(drawnDots(page)).toEqual(addresses.map(dotsFor));
    const titles = await Promise.all(addresses.map(async (one) => (await visitor.go(one.slice(origin.length))).status));
    expect(titles).toEqual([200, 200]);
  });

  it('show 999 and Childline to a child, and 999 and each front door to an adult, always with a number', async () => {
    const page = await (await openApp()).visit().go(paths.posters());
    const [child, grownUp] = page.all('.fd-poster__numbers').map(({ textContent }) => textContent);
    expect(child).toMatch(/999.*Childline.*0800 1111/);
    for (const number of ['999', '01204 333333', '0161 253 5678', '0161 217 6028']) expect(grownUp).toContain(number);
    const areas = [...realLibrary.areas.values()].filter(
      ({ flows, facts }) => flows.size > 0 && facts.id !== 'national',
    );
    for (const { facts } of areas) expect(grownUp).toContain(facts.name);
    expect(page.all('.fd-poster dd').map(({ textContent }) => textContent)).not.toContain('');
  });

  it.each(realLibrary.languages ?? [])(
    'exist in $englishName, marked as not checked, and lead to the doors where the language can be chosen',
    async (language) => {
      const visitor = (await openApp()).visit();
      const links = (await visitor.go(paths.posters())).all('main a').map((link) => attribute(link, 'href'));
      expect(links).toContain(paths.postersIn(language.id));
      const page = await visitor.go(paths.postersIn(language.id));
      const sheets = page.all('.fd-poster');
      expect(sheets).toHaveLength(2);
      for (const sheet of sheets) {
        expect([attribute(sheet, 'lang'), attribute(sheet, 'dir')]).toEqual([language.id, language.direction]);
        for (const words of [
          'Translated without a professional translator, not yet checked.',
          'The numbers 999 and 0800 1111 (Childline) are right.',
        ])
          expect(sheet.textContent).toContain(language.sentences[words]);
        expect(sheet.textContent).toContain('999');
      }
      // English is left only where it is intended: the address, and the title for the person who puts up the poster.
      expect(page.html).not.toContain('<span lang="en"');
      const addresses = page.all('.fd-poster__address').map(({ textContent }) => new URL(textContent ?? ''));
      expect(drawnDots(page)).toEqual(addresses.map(({ href }) => dotsFor(href)));
      for (const { pathname, search } of addresses)
        expect((await visitor.go(pathname + search)).html).toContain(`value="${language.id}"`);
      expect((await visitor.go(paths.postersIn('xx'))).status).toBe(404);
    },
  );
});
