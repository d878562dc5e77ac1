import { describe, expect, it } from 'vitest';
import { toPdf } from '../../server/export/pdf.ts';
import { describeSections } from '../../server/export/sections.ts';
import { readPdf } from './read-pdf.ts';
import { ANSWERS, DEEDS, makeRecord, TOLD } from './sample.ts';

const note = (text: string) => ({ kind: 'noted', text }) as const;
const record = makeRecord([...ANSWERS, ...DEEDS]);
const pdf = readPdf(await toPdf(record));
const bare = (text: string) => text.replace(/\s/g, '');
const textOf = ({ pages }: typeof pdf) => pages.map((page) => page.text).join(' ');

describe('the record as a PDF', () => {
  it('is A4, in English, tagged, with a title and bookmarks', () => {
    const sections = describeSections(record);
    expect(pdf.find(/\/Type \/Page\b/)).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
    expect(pdf.find(/\/Type \/Catalog/)).toMatch(/\/Lang \(en-GB\)/);
    expect(pdf.find(/\/DisplayDocTitle true/)).toBeDefined();
    expect(pdf.find(/\/Marked true/)).toBeDefined();
    expect(pdf.find(/^\(Record of a safeguarding consultation B 48 29 17 35 2\)/)).toBeDefined();
    expect(pdf.outline).toEqual(sections.map((section) => section.title));
  });

  it('has a structure tree: one title, a heading for each section, paragraphs, lists', () => {
    const sections = describeSections(record);
    const items = sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'item');
    const count = (type: string) => pdf.structure.filter((other) => other === type).length;
    expect(pdf.structure.slice(0, 4)).toEqual(['Document', 'H1', 'P', 'P']);
    expect(count('H2')).toBe(sections.length);
    expect(count('Sect')).toBe(sections.length);
    expect([count('LI'), count('Lbl'), count('LBody')]).toEqual([items.length, items.length, items.length]);
    expect(count('P')).toBeGreaterThan(60);
  });

  it('says on every page what it is not, whose it is, and which page of how many', () => {
    expect(pdf.pages.length).toBeGreaterThan(1);
    for (const [index, { text }] of pdf.pages.entries()) {
      expect(text).toContain('This is not a referral. You have not told children’s services yet.');
      expect(text).toContain('Front Door, consultation B 48 29 17 35 2');
      expect(text).toContain('Begun 20 November 2026 at 09:00');
      expect(text).toContain(`Page ${index + 1} of ${pdf.pages.length}`);
    }
  });

  it('says that children’s services were told, once they were', async () => {
    const told = readPdf(await toPdf(makeRecord([...ANSWERS, TOLD])));
    expect(textOf(told)).not.toContain('have not told');
    for (const { text } of told.pages) expect(text).toContain('This is not a referral.');
    expect(textOf(told)).toContain('LCS 1234');
  });

  it('shows all that the record holds', () => {
    const text = bare(textOf(pdf));
    const named = bare('陳小明').split('').length;
    expect(named).toBe(3);
    for (const { title, blocks } of describeSections(record)) {
      expect(text).toContain(bare(title));
      for (const block of blocks) {
        const lines = block.kind === 'fact' ? [block.name, block.value, ...block.beneath] : [block.text];
        for (const line of lines.flatMap((value) => value.split('\n')))
          if (!/[\p{Script=Han}\p{Script=Arabic}]/u.test(line)) expect(text).toContain(bare(line));
      }
    }
  });

  it('draws every letter, or names it', () => {
    for (const { codes } of pdf.pages) expect(codes).not.toContain('0000');
    expect(textOf(pdf)).not.toContain('\ufffd');
    const [polish, urdu, chinese] = ['Wanda Żółć', 'محمد ظہیر', '陳小明'];
    expect(textOf(pdf)).toContain(polish);
    for (const letter of bare(urdu)) expect(textOf(pdf)).toContain(letter);
    expect(textOf(pdf)).toContain('The aunt is [U+9673 U+5C0F U+660E].');
    expect(pdf.pages.flatMap((page) => page.actual)).toContain(chinese);
    expect([...pdf.objects.values()].some((body) => body.includes('/ActualText') && body.includes('/S /Span'))).toBe(
      true,
    );
    expect(textOf(pdf)).toContain('Letters that this file cannot draw');
  });

  it('does not speak of letters that it cannot draw when it draws them all', async () => {
    const plain = readPdf(await toPdf(makeRecord([...ANSWERS, note('Nguyễn, Ольга, Ελένη, İbrahim, ß, €')])));
    expect(textOf(plain)).toContain('Nguyễn, Ольга, Ελένη, İbrahim, ß, €');
    expect(textOf(plain)).not.toContain('Letters that this file cannot draw');
  });

  it('holds 20,000 characters without a blank, and whatever is put into it', async () => {
    const hostile = `${'x'.repeat(20_000)} \u202eturned\u202c \u0000 \ud800 ) endstream endobj %%EOF (\\ 👩‍👧 ${'ظ'.repeat(300)}`;
    const long = readPdf(await toPdf(makeRecord([...ANSWERS, note(hostile)])));
    expect(long.pages.length).toBeGreaterThan(5);
    expect(bare(textOf(long)).split('x').length).toBeGreaterThan(40_000);
    for (const { text, codes } of long.pages) {
      expect(text).toContain('This is not a referral.');
      expect(codes).not.toContain('0000');
    }
  });

  it('is the same file for the same record', async () => {
    const [one, two] = [await toPdf(record), await toPdf(record)];
    expect(one.equals(two)).toBe(true);
  });
});
