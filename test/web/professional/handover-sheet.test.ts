/** The hand-over sheet: filled in from the answers, saved field by field, taken away, and never a referral. */
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  describeHandoverSheetFormat,
  HANDOVER_SHEET_FORMATS,
  type HandoverSheetFormat,
} from '../../../server/base/handover-sheet-formats.ts';
import { paths } from '../../../server/base/paths.ts';
import { LONGEST_TEXT } from '../../../server/base/text.ts';
import { WHEN_ERASED } from '../../../server/store/erasing.ts';
import { happeningOf } from '../../every-happening.ts';
import { readPdf } from '../../export/read-pdf.ts';
import { type Opened, openApp } from '../app.ts';
import { attribute, type Page } from '../page.ts';
import type { Fields, Visitor } from '../visitor.ts';
import { idOf, jumpToResult, openDoor } from '../walking.ts';

async function openHandoverSheet(id = 'organised_abuse', area = 'bury') {
  const opened = await openApp();
  const visitor = opened.visit();
  const consultation = await jumpToResult(opened, visitor, area, id);
  return { opened, visitor, id: consultation, page: await visitor.go(paths.handoverSheet(consultation)) };
}

const write = (visitor: Visitor, page: Page, fields: Fields, headers = {}) =>
  visitor.send(page.form(/\/sheet$/), fields, headers);
const standing = (page: Page, id: string, field: string) => page.form(paths.handoverSheet(id)).sends.get(field);
const kinds = async ({ store }: Opened, id: string) => ((await store.log.read(id)) ?? []).map(({ what }) => what.kind);

describe('the hand-over sheet', () => {
  it('is linked from the result, contains the answers, and says first that it is not the council’s form and not sent', async () => {
    const { visitor, id, page } = await openHandoverSheet();
    const links = (await visitor.go(paths.result(id))).all('.fd-action a').map((link) => attribute(link, 'href'));
    expect(links).toContain(paths.handoverSheet(id));
    expect(page.words('.fd-untold__title')).toBe('This is not the council’s form, and it is not sent');
    expect(standing(page, id, 'reason')).toContain('Several people abuse, or several children are abused');
    expect(standing(page, id, 'child_ethnicity')).toBe('');
    expect(page.title).not.toMatch(/child|refer(red|s)/i);
  });

  it('separates facts, what was seen, what was said, opinion and what was done, with answers only among the facts', async () => {
    const { page } = await openHandoverSheet();
    const parts = page.all('.fd-handover-sheet__part h2').map((heading) => heading.textContent);
    const order = ['Facts', 'What was seen and heard', 'What was said, word for word', 'Opinion', 'What was done'];
    expect(parts.filter((part) => order.includes(part))).toEqual(order);
    const { sends } = page.form(/\/sheet$/);
    for (const field of ['seen', 'said_by_child', 'said_by_parents', 'opinion_strengths'])
      expect(sends.get(field)).toBe('');
  });

  it('gives the ticks as the reason for the referral, not the age, which has its own field, and not as an opinion', async () => {
    const { id, page } = await openHandoverSheet('harm_by_act');
    const ticked = 'Somebody has injured the child or put their life or health at risk, or threatens to';
    expect(standing(page, id, 'reason')).toBe(ticked);
    expect(standing(page, id, 'opinion_harm')).toBe('');
    expect(standing(page, id, 'child_birth')).toMatch(/10 years/);
  });

  it('has the fields of the area’s own documents, and those of exploitation only where it is suspected', async () => {
    const { page: bury } = await openHandoverSheet('organised_abuse');
    const fields = (page: Page) => page.form(/\/sheet$/).writes;
    expect(fields(bury)).toContain('agreed_in_agency');
    expect(fields(bury)).not.toContain('suspect_car');
    const { page: bolton } = await openHandoverSheet('organised_abuse').then(async ({ opened }) => {
      const visitor = opened.visit('192.0.2.9');
      const area = opened.services.library.areas.get('bolton');
      const story = [...(area?.cases.entries() ?? [])].find(([, one]) => one.flow === 'consultation')?.[0] ?? '';
      return { page: await visitor.go(paths.handoverSheet(await jumpToResult(opened, visitor, 'bolton', story))) };
    });
    expect(fields(bolton)).toContain('open_as');
    expect(fields(bolton)).not.toContain('agreed_in_agency');
  });

  it('is available after the questions are finished, and to nobody else', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = idOf(await openDoor(visitor, 'bury', 'level'));
    expect((await visitor.go(paths.handoverSheet(id))).question).toBe('immediate_danger');
    const other = opened.visit('192.0.2.2');
    const addresses = [
      paths.handoverSheet(id),
      paths.handoverSheetCopy(id),
      ...HANDOVER_SHEET_FORMATS.map((as) => paths.handoverSheetFile(id, as)),
    ];
    for (const address of addresses) expect((await other.go(address)).status, address).toBe(404);
    const token = (await other.go(paths.return())).form(paths.return()).sends.get('token') ?? '';
    for (const address of [paths.handoverSheet(id), paths.handoverSheetPrints(id), paths.handoverSheetSendings(id)])
      expect((await other.post(address, { token, child_name: 'x' })).status, address).toBe(404);
    expect(await kinds(opened, id)).toEqual(['opened']);
  });
});

describe('what is typed', () => {
  it('is saved by the button, shown again even if it was emptied, and is not an entry of the log', async () => {
    const { opened, visitor, id, page } = await openHandoverSheet();
    const before = await kinds(opened, id);
    const saved = await write(visitor, page, { child_name: 'Ela Woźniak', reason: '' });
    expect(saved.words('#saved')).toContain('Saved. Sent to nobody.');
    expect(standing(saved, id, 'child_name')).toBe('Ela Woźniak');
    expect(standing(saved, id, 'reason')).toBe('');
    expect(await kinds(opened, id)).toEqual(before);
  });

  it('is saved by htmx without a page: the line comes back, and what the page has seen', async () => {
    const { visitor, id, page } = await openHandoverSheet();
    const part = await write(visitor, page, { child_name: 'Ela' }, { 'HX-Request': 'true' });
    expect(part.html).toMatch(/^<div id="saved"/);
    expect(part.html).toContain('Sent to nobody.');
    // The same page continues typing although the answer to its first save has not come back.
    await write(visitor, page, { child_name: 'Ela Wo' }, { 'HX-Request': 'true' });
    expect(standing(await visitor.go(paths.handoverSheet(id)), id, 'child_name')).toBe('Ela Wo');
  });

  it('follows the answers until somebody edits it; afterwards both are shown', async () => {
    const { opened, visitor, id, page } = await openHandoverSheet();
    const changed = () =>
      opened.store.log.decide(
        id,
        () => [{ kind: 'asker named', asker: { name: 'Jo Brown', role: 'nurse', agency: '', contact: '' } }],
        'professional',
      );
    await write(visitor, page, { writer_role: 'school nurse' });
    await changed();
    const after = await visitor.go(paths.handoverSheet(id));
    expect(standing(after, id, 'writer_name')).toBe('Jo Brown');
    expect(standing(after, id, 'writer_role')).toBe('school nurse');
    expect(after.words('.fd-handover-sheet__other')).toContain('nurse');
  });

  it('on an outdated page changes only what was typed there, and overwrites nobody’s text unseen', async () => {
    const { visitor, id, page: first } = await openHandoverSheet();
    const second = await visitor.go(paths.handoverSheet(id));
    await write(visitor, second, { gp: 'Dr Amin', school: 'Park School' });
    const clash = await write(visitor, first, { gp: 'Dr Lee', child_gender: 'girl' });
    expect(clash.status).toBe(409);
    expect(clash.errors.join()).toContain('changed on another page');
    expect(standing(clash, id, 'gp')).toBe('Dr Lee');
    expect(clash.words('.fd-handover-sheet__other')).toContain('Dr Amin');
    expect(standing(clash, id, 'school')).toBe('Park School');
    expect(standing(clash, id, 'child_gender')).toBe('girl');
    const kept = await visitor.send(clash.form(paths.handoverSheet(id)));
    expect(standing(kept, id, 'gp')).toBe('Dr Lee');
  });

  it('stays in its box with a message if it is too long, and the rest is saved', async () => {
    const { visitor, id, page } = await openHandoverSheet();
    const long = 'x'.repeat(LONGEST_TEXT + 1);
    const refused = await write(visitor, page, { seen: long, gp: 'Dr Amin' });
    expect(refused.status).toBe(422);
    expect(refused.title).toMatch(/^Error:/);
    expect(refused.errors[0]).toContain(`${LONGEST_TEXT + 1} characters`);
    expect(standing(refused, id, 'seen')).toBe(long);
    expect(standing(await visitor.go(paths.handoverSheet(id)), id, 'gp')).toBe('Dr Amin');
  });

  it('has one effect if it is sent twice at once', async () => {
    const { visitor, id, page } = await openHandoverSheet();
    const pages = await Promise.all([1, 2, 3].map(() => write(visitor, page, { child_name: 'Ela' })));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(standing(await visitor.go(paths.handoverSheet(id)), id, 'child_name')).toBe('Ela');
  });

  it('is erased with the consultation', () => {
    expect(WHEN_ERASED.sheet_fields).toBe('erased');
  });
});

/** The text of each part of a zip file. */
function unzip(file: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let end = file.lastIndexOf(Buffer.from('PK\x05\x06'));
  const count = file.readUInt16LE(end + 10);
  end = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    const [size, nameLength, extra, comment] = [20, 28, 30, 32].map((at) =>
      at === 20 ? file.readUInt32LE(end + at) : file.readUInt16LE(end + at),
    ) as [number, number, number, number];
    const from = file.readUInt32LE(end + 42);
    const name = file.toString('utf8', end + 46, end + 46 + nameLength);
    const data = from + 30 + file.readUInt16LE(from + 26) + file.readUInt16LE(from + 28);
    const packed = file.subarray(data, data + size);
    parts.set(name, (file.readUInt16LE(end + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    end += 46 + nameLength + extra + comment;
  }
  return parts;
}

async function textOf(format: HandoverSheetFormat, bytes: Buffer): Promise<string> {
  if (format === 'txt') return bytes.toString('utf8');
  if (format === 'pdf')
    return readPdf(bytes)
      .pages.map((page) => page.text)
      .join(' ');
  const xml = [...unzip(bytes)]
    .filter(([name]) => /^word\/(document|header\d)\.xml$/.test(name))
    .map(([, text]) => text);
  return xml.join('\n').replace(/<[^>]+>/g, ' ');
}

describe('taking it away', () => {
  it.each(HANDOVER_SHEET_FORMATS)(
    'as %s it says what it is not, contains what was typed, and is logged',
    async (format) => {
      const { opened, visitor, id, page } = await openHandoverSheet();
      await write(visitor, page, { child_name: 'Ela Woźniak', said_by_child: '“He said <I> must not tell”' });
      const response = await visitor.request(paths.handoverSheetFile(id, format));
      expect(response.headers.get('Content-Type')).toBe(describeHandoverSheetFormat(format).contentType);
      expect(response.headers.get('Content-Disposition')).toMatch(/filename="front-door-sheet-not-sent-\w+\.\w+"/);
      const text = (await textOf(format, Buffer.from(await response.arrayBuffer())))
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/\s+/g, ' ');
      expect(text.toLowerCase()).toContain('not the council');
      expect(text.toLowerCase()).toContain('has not been sent to anybody');
      expect(text).toContain('Ela Woźniak');
      expect(text).toContain('<I> must not tell');
      const last = (await opened.store.log.read(id))?.at(-1)?.what;
      expect(last).toMatchObject({ kind: 'handover sheet taken away', as: format });
      expect(JSON.stringify(last)).toContain('Ela Woźniak');
    },
  );

  it('as a PDF of several pages says on each of them what it is not', async () => {
    const { visitor, id, page } = await openHandoverSheet();
    await write(visitor, page, { seen: 'He had a mark on his arm.\n'.repeat(120) });
    const response = await visitor.request(paths.handoverSheetFile(id, 'pdf'));
    const { pages } = readPdf(Buffer.from(await response.arrayBuffer()));
    expect(pages.length).toBeGreaterThan(2);
    const said = pages.map(({ text }) => text.includes('not the council’s form, and it has not been sent to anybody'));
    expect(said).toEqual(pages.map(() => true));
  });

  it('field by field has a button and text for each filled field; two clicks are one entry', async () => {
    const { opened, visitor, id, page } = await openHandoverSheet();
    await write(visitor, page, { child_name: 'Ela' });
    const copy = await visitor.go(paths.handoverSheetCopy(id));
    await visitor.go(paths.handoverSheetCopy(id));
    const buttons = copy
      .all('button')
      .map((button) => attribute(button, 'data-copy'))
      .filter(Boolean);
    expect(buttons).toContain('Ela');
    expect(copy.all('pre').map((text) => text.textContent.trim())).toEqual(buttons);
    expect((await kinds(opened, id)).filter((kind) => kind === 'handover sheet taken away')).toHaveLength(1);
    opened.clock.pass(1);
    await visitor.go(paths.handoverSheetCopy(id));
    expect((await kinds(opened, id)).filter((kind) => kind === 'handover sheet taken away')).toHaveLength(2);
  });

  it('on paper is reported by the page’s script, and logged with its contents', async () => {
    const { opened, visitor, id, page } = await openHandoverSheet();
    const print = page.find('.fd-print-head');
    const [address, token] = [attribute(print, 'data-prints') ?? '', attribute(print, 'data-token') ?? ''];
    expect(address).toBe(paths.handoverSheetPrints(id));
    expect((await visitor.post(address, { token })).status).toBe(204);
    const last = (await opened.store.log.read(id))?.at(-1)?.what;
    expect(last).toMatchObject({ kind: 'handover sheet taken away', as: 'print' });
  });

  it('does not tell children’s services, and the record says when it was taken and asks whether it was sent', async () => {
    const { visitor, id } = await openHandoverSheet();
    await visitor.request(paths.handoverSheetFile(id, 'docx'));
    for (const address of [paths.result(id), paths.record(id)]) {
      const page = await visitor.go(address);
      expect(page.text).toContain('You have not told children’s services yet');
      expect(page.text).toContain('Say whether you sent a referral');
    }
    const record = await visitor.go(paths.record(id));
    expect(record.text).toContain('Hand-over sheet taken away as a Word document');
    const text = await (await visitor.request(paths.download(id, 'txt'))).text();
    expect(text).toContain('HAND-OVER SHEET');
    const json = JSON.parse(await (await visitor.request(paths.download(id, 'json'))).text());
    expect(json.handoverSheets).toMatchObject([{ as: 'docx' }]);
    expect(json.handoverSheetSent).toBeNull();
    const made = /referral (has been|was) (made|sent|received|submitted)|successfully|thank you for/i;
    for (const path of [paths.handoverSheet(id), paths.handoverSheetCopy(id), paths.handoverSheetFile(id, 'txt')])
      expect((await visitor.go(path)).html).not.toMatch(made);
  });
});

describe('whether it was sent', () => {
  async function takenAway() {
    const opened = await openHandoverSheet();
    await opened.visitor.request(paths.handoverSheetFile(opened.id, 'pdf'));
    return { ...opened, page: await opened.visitor.go(paths.handoverSheet(opened.id)) };
  }
  const answer = ({ visitor, id }: Awaited<ReturnType<typeof takenAway>>, page: Page, fields: Fields) =>
    visitor.send(page.form(paths.handoverSheetSendings(id)), fields);

  it('is asked only after it was taken away', async () => {
    const { page, id } = await openHandoverSheet();
    expect(() => page.form(paths.handoverSheetSendings(id))).toThrow();
    expect(() => page.form(paths.handoverSheet(id))).not.toThrow();
  });

  it('to children’s services counts as having told them; a form sent twice is recorded once', async () => {
    const taken = await takenAway();
    const fields = { sent: 'to services', to: 'Online form', when: 'today at 9:00', reference: 'X1' };
    const pages = await Promise.all([1, 2].map(() => answer(taken, taken.page, fields)));
    expect(pages[0]?.words('#sent')).toContain('says that they sent a referral to children’s services: Online form');
    const all = await kinds(taken.opened, taken.id);
    expect(all.filter((kind) => kind === 'handover sheet sent' || kind === 'told')).toEqual([
      'handover sheet sent',
      'told',
    ]);
    expect((await taken.visitor.go(paths.result(taken.id))).text).not.toContain(
      'You have not told children’s services yet',
    );
  });

  it('warns on the file and on paper again when something new comes after they were told', async () => {
    const taken = await takenAway();
    const { visitor, id, opened } = taken;
    await answer(taken, taken.page, { sent: 'to services', to: 'Online form', when: 'today at 9:00', reference: '' });
    const papers = async () => {
      const file = (await visitor.go(paths.handoverSheetFile(id, 'txt'))).html;
      return [file, (await visitor.go(paths.handoverSheet(id))).words('.fd-print-head')];
    };
    for (const paper of await papers()) expect(paper).not.toMatch(/told before|not been told/i);
    const asked = happeningOf('handed over');
    await opened.store.log.decide(id, () => [asked, asked], 'professional');
    for (const paper of await papers()) expect(paper).toMatch(/told before, but not of this/i);
  });

  it('before the consultation was opened asks whether that day is meant, and tells nobody what was found out here', async () => {
    const taken = await takenAway();
    const fields = { sent: 'to services', to: 'Online form', when: '1 March 2019 at 9:00', reference: '' };
    const refused = await answer(taken, taken.page, fields);
    expect([refused.status, refused.text.includes('Is this day meant?')]).toEqual([422, true]);
    const meant = await answer(taken, refused, { ...fields, before: 'A referral of the brother' });
    expect(meant.words('#sent')).toContain('Before this consultation was opened: A referral of the brother');
    const entries = (await taken.opened.store.log.read(taken.id)) ?? [];
    const before = entries.flatMap(({ what }) => (what.kind === 'told' ? [what.before] : []));
    expect(before).toEqual(['A referral of the brother']);
  });

  it('to somebody else, or not at all, tells nobody', async () => {
    const taken = await takenAway();
    const given = await answer(taken, taken.page, { sent: 'to somebody else', to: 'My lead', when: 'today at 9:00' });
    await answer(taken, given, { sent: 'not sent', note: 'The lead decides tomorrow' });
    const all = await kinds(taken.opened, taken.id);
    expect(all.filter((kind) => kind === 'handover sheet sent' || kind === 'told')).toEqual([
      'handover sheet sent',
      'handover sheet sent',
    ]);
    expect((await taken.visitor.go(paths.result(taken.id))).text).toContain(
      'You have not told children’s services yet',
    );
  });

  it('says what is missing, and an outdated page is refused with what it sent', async () => {
    const taken = await takenAway();
    const refused = await answer(taken, taken.page, { sent: 'to services', to: '', when: 'tomorrow' });
    expect(refused.status).toBe(422);
    expect(refused.errors).toHaveLength(2);
    await answer(taken, taken.page, { sent: 'not sent', note: 'one' });
    const stale = await answer(taken, taken.page, { sent: 'not sent', note: 'two' });
    expect(stale.status).toBe(409);
    expect(stale.form(paths.handoverSheetSendings(taken.id)).sends.get('note')).toBe('two');
  });
});
