/** Every flow and every instrument on its page, and as a file. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { fieldsOfInstrument } from '../../../server/flow/instruments/instrument.ts';
import { JUDGEMENT } from '../../../server/flow/instruments/score.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import { expectValid } from '../../browser/valid.ts';
import { readPdf } from '../../export/read-pdf.ts';
import { linesInSight } from '../../reading/shown-results.ts';
import { someOf } from '../../short-form.ts';
import { openApp, realLibrary } from '../app.ts';
import { attribute, type Page } from '../page.ts';

const library = realLibrary;
const flows = [...library.areas].flatMap(([area, { flows }]) => [...flows.values()].map((flow) => ({ area, flow })));

/** The tests' HTML parser does not look inside SVG. */
const linksInDrawings = (page: Page) =>
  [...page.html.matchAll(/<a href="(#[^"]+)"><rect/g)].map(([, href = '']) => href);

/** Links within the page that lead nowhere. */
function brokenAnchors(page: Page): string[] {
  const ids = new Set(page.all('[id]').map((element) => attribute(element, 'id')));
  const links = page.all('a').map((link) => attribute(link, 'href') ?? '');
  return [...links, ...linksInDrawings(page)].filter((href) => href.startsWith('#') && !ids.has(href.slice(1)));
}

/** Words that are read before anything is unfolded: the longest of these pages are then about seven phone screens. */
const MOST_WORDS_IN_SIGHT = 1100;

function wordsInSight(page: Page): number {
  return linesInSight(page.html).join(' ').split(/\s+/).length;
}

describe('an instrument', () => {
  const instruments = [...library.areas].flatMap(([area, found]) =>
    [...found.instruments.values()].map((instrument) => [`${area}/${instrument.id}`, area, instrument] as const),
  );

  it.each(someOf(instruments, 5))(
    '%s is shown as an empty form with its rules, to be read and signed',
    async (_name, area, instrument) => {
      const page = await (await openApp()).visit().go(paths.instrument(area, instrument.id));
      expect(page.status).toBe(200);
      expect(page.heading).toBe(instrument.title);
      expect(page.text).toContain(versionOf(instrument));
      expect(page.words('.fd-sign')).toMatch(/Name.*Date.*Signature/s);
      expect(wordsInSight(page)).toBeLessThan(MOST_WORDS_IN_SIGHT);
      for (const { label, options, steps, columns } of fieldsOfInstrument(instrument))
        for (const words of [label, ...[...options, ...steps, ...columns].map(({ text }) => text)])
          expect(page.text).toContain(words);
      if (instrument.score !== undefined) expect(page.text).toContain(JUDGEMENT);
      await expectValid(page.html);
    },
  );

  it.each(someOf(instruments, 5))(
    '%s can be downloaded as an empty PDF with every question, answer and column',
    async (_name, area, instrument) => {
      const visitor = (await openApp()).visit();
      const page = await visitor.go(paths.instrument(area, instrument.id));
      const address = paths.instrumentFile(area, instrument.id);
      expect(page.all('main a').map((link) => attribute(link, 'href'))).toContain(address);
      const answer = await visitor.request(address);
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
      const pdf = readPdf(Buffer.from(await answer.arrayBuffer()));
      const bare = (text: string) => text.replace(/\s/g, '');
      // A page's header and footer come after its text, and may interrupt an answer.
      const edge = bare(`Front Door, ${instrument.area.name}, version`);
      const text = pdf.pages.map((sheet) => bare(sheet.text).split(edge)[0]).join('');
      const fields = fieldsOfInstrument(instrument);
      for (const { label, options, steps, columns } of fields)
        for (const words of [label, ...[...options, ...steps, ...columns].map((one) => one.text)])
          expect(text).toContain(bare(words));
      for (const sheet of pdf.pages)
        expect(bare(sheet.text).split(edge)[1]).toContain(bare('This is an empty form. It is not a referral'));
      const ofTables = fields.flatMap(({ type, rows, options }) =>
        type === 'table' ? [rows + 1] : type === 'people' ? [options.length + 1] : [],
      );
      expect(pdf.structure.filter((type) => type === 'TR')).toHaveLength(ofTables.reduce((sum, one) => sum + one, 0));
      if (instrument.score !== undefined) expect(text).toContain(bare(JUDGEMENT));
    },
  );
});

describe('a flow', () => {
  it.each(someOf(flows, 6).map(({ area, flow }) => [`${area}/${flow.id}`, area, flow] as const))(
    '%s is drawn and described in words, and every link in it leads somewhere',
    async (_name, area, flow) => {
      const page = await (await openApp()).visit().go(paths.flow(area, flow.id));
      expect(page.status).toBe(200);
      expect(page.heading).toBe(flow.title);
      expect(brokenAnchors(page)).toEqual([]);
      expect(page.html).not.toMatch(/ style=| on[a-z]+=|<style/);
      expect(page.text).toContain(`Version ${versionOf(flow)}`);
      expect(page.words('.fd-sign')).toMatch(/Name.*Date.*Signature/s);
      expect(wordsInSight(page)).toBeLessThan(MOST_WORDS_IN_SIGHT);
      const steps = Object.values(flow.parts).flatMap((part) => part.steps);
      expect(page.all('.fd-spoken__step')).toHaveLength(steps.length);
      expect(linksInDrawings(page)).toHaveLength(steps.length);
    },
  );
});
