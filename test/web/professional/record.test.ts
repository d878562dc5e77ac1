import { describe, expect, it } from 'vitest';
import { paths, RECORD_NOUNS, type RecordNoun } from '../../../server/base/paths.ts';
import { RECORD_FORMATS } from '../../../server/base/record-formats.ts';
import type { Happening } from '../../../server/consultation/entry.ts';
import { openApp } from '../app.ts';
import { attribute, type Page, wordsOf } from '../page.ts';
import type { Fields, Visitor } from '../visitor.ts';
import { answer, idOf, jumpToResult, openDoor } from '../walking.ts';

/** At the result of a worked case, with its record open. */
async function openRecord() {
  const opened = await openApp();
  const visitor = opened.visit();
  const id = await jumpToResult(opened, visitor, 'bury', 'harm_by_act');
  const page = await visitor.go(paths.record(id));
  const added = async () => {
    const entries = (await opened.store.log.read(id)) ?? [];
    return entries.map(({ what }) => what).filter(({ kind }) => kind !== 'opened' && kind !== 'answered');
  };
  return { ...opened, visitor, id, page, added };
}

type Open = Awaited<ReturnType<typeof openRecord>>;

/** A correction is written at the entry that it corrects. */
async function write({ visitor, id }: Pick<Open, 'visitor' | 'id'>, shown: Page, noun: RecordNoun, fields: Fields) {
  const page = noun === 'corrections' ? await visitor.go(paths.correcting(id, Number(fields.corrects))) : shown;
  const form = page.form(paths.addition(id, noun));
  for (const [name, value] of Object.entries(fields)) {
    const offers = form.offers.get(name);
    if (name !== 'corrects' && offers?.includes(String(value)) !== true && !form.writes.includes(name))
      throw new Error(`the form ${noun} has no ${name} = ${value}`);
  }
  return visitor.send(form, fields);
}

const GOOD: Record<RecordNoun, { fields: Fields; kept: Happening; shown: string }> = {
  asker: {
    fields: { name: 'Amina Okafor', role: 'Teacher', agency: 'Hill School', contact: '0161 496 0123' },
    kept: {
      kind: 'asker named',
      asker: { name: 'Amina Okafor', role: 'Teacher', agency: 'Hill School', contact: '0161 496 0123' },
    },
    shown: 'Amina Okafor, Teacher, Hill School, 0161 496 0123',
  },
  child: {
    fields: { known: 'yes', name: '' },
    kept: { kind: 'child named', known: 'yes', name: '' },
    shown: 'Known to you, and not named here',
  },
  tellings: {
    fields: { spokeTo: 'Joan at MASH', when: '22 November 2026 at 08:20', reference: 'M 123' },
    kept: { kind: 'told', spokeTo: 'Joan at MASH', when: '22 November 2026 at 08:20', reference: 'M 123', before: '' },
    shown: 'Joan at MASH, 22 November 2026 at 08:20. Before this consultation was opened. Reference: M 123',
  },
  consents: {
    fields: { consent: 'refused', reason: 'The mother said no' },
    kept: { kind: 'consent recorded', consent: 'refused', reason: 'The mother said no' },
    shown: 'Refused. Why: The mother said no',
  },
  parents: {
    fields: { parents: 'not told', reason: 'It would bring harm' },
    kept: { kind: 'parents recorded', parents: 'not told', reason: 'It would bring harm' },
    shown: 'Not told. Why: It would bring harm',
  },
  sharings: {
    fields: { what: 'What was seen', withWhom: 'MASH', purpose: 'To protect' },
    kept: { kind: 'shared', what: 'What was seen', withWhom: 'MASH', purpose: 'To protect' },
    shown: 'What was seen. With: MASH. For: To protect',
  },
  police: {
    fields: { referred: 'no', reason: 'MASH tells them' },
    kept: { kind: 'police recorded', referred: 'no', reason: 'MASH tells them' },
    shown: 'Not passed on. Why: MASH tells them',
  },
  decisions: {
    fields: { asAdvised: 'no', decision: 'Ring tomorrow', reason: 'The child is in hospital' },
    kept: { kind: 'decided', asAdvised: 'no', decision: 'Ring tomorrow', reason: 'The child is in hospital' },
    shown: 'Otherwise than advised: Ring tomorrow. Why: The child is in hospital',
  },
  notes: {
    fields: { text: 'She said “he hits me”.\nTwice.' },
    kept: { kind: 'noted', text: 'She said “he hits me”.\nTwice.' },
    shown: 'She said “he hits me”.',
  },
  corrections: {
    fields: { corrects: '2', text: 'It was yesterday', reason: 'I misread the question' },
    kept: { kind: 'corrected', corrects: 2, text: 'It was yesterday', reason: 'I misread the question' },
    shown: 'Corrected: It was yesterday. Why: I misread the question',
  },
};

/** Where the page shows what was written. */
function placeOf(noun: RecordNoun): string {
  return noun === 'corrections' ? 'entry-2' : noun;
}

/** Control characters other than line ends and tabs. */
const hasControls = (text: string) => /[^\P{Cc}\r\n\t]/u.test(text);

const LACKING: [RecordNoun, string, Fields, string[]][] = [
  ['child', 'whether the child is known', { name: 'Ella' }, ['known']],
  ['tellings', 'to whom and when', { reference: 'M 1' }, ['spokeTo', 'when']],
  ['consents', 'the reason', { consent: 'given' }, ['reason']],
  ['consents', 'everything', {}, ['consent', 'reason']],
  ['parents', 'the reason', { parents: 'told' }, ['reason']],
  ['sharings', 'with whom and why', { what: 'All of it' }, ['withWhom', 'purpose']],
  ['police', 'the reason', { referred: 'yes' }, ['reason']],
  ['decisions', 'what was decided instead, and why', { asAdvised: 'no' }, ['decision', 'reason']],
  ['decisions', 'everything', {}, ['asAdvised']],
  ['notes', 'the text', { text: ' \n ' }, ['text']],
  ['tellings', 'a day and a time', { spokeTo: 'Jo', when: 'on Friday' }, ['when']],
  ['tellings', 'a time that is over', { spokeTo: 'Jo', when: 'tomorrow at 9' }, ['when']],
  ['corrections', 'the reason', { corrects: '2', text: 'x' }, ['reason']],
];

describe('the record', () => {
  it.each(RECORD_NOUNS)('%s is recorded, shown, and in the text and the JSON', async (noun) => {
    const opened = await openRecord();
    const { fields, kept, shown } = GOOD[noun];
    const page = await write(opened, opened.page, noun, fields);
    expect(page.way).toEqual([paths.addition(opened.id, noun), `${paths.record(opened.id)}#${placeOf(noun)}`]);
    expect(await opened.added()).toEqual([kept]);
    expect(page.words(`#${placeOf(noun)}`)).toContain(shown);
    for (const format of ['txt', 'json'] as const) {
      const file = (await opened.visitor.go(paths.download(opened.id, format))).html.replace(/[“”]|\\"/g, '"');
      for (const value of Object.values(fields).filter((text) => text !== '' && !/^(yes|no|\d)$/.test(String(text))))
        expect(file.toLowerCase()).toContain(String(value).split('\n')[0]?.replace(/[“”]/g, '"').toLowerCase());
    }
  });

  it.each(LACKING)('%s without %s is refused, says where, and keeps what was typed', async (noun, _, fields, wrong) => {
    const opened = await openRecord();
    const page = await write(opened, opened.page, noun, fields);
    expect(page.status).toBe(422);
    expect(page.title).toBe('Error: Record – Front Door, Bury');
    const links = page.all('.govuk-error-summary__list a').map((link) => attribute(link, 'href'));
    expect(links).toEqual(wrong.map((field) => `#${noun}-${field}`));
    for (const link of links) expect(page.find(link ?? '')).toBeDefined();
    const { sends } = page.form(paths.addition(opened.id, noun));
    for (const [name, value] of Object.entries(fields)) expect(sends.get(name)?.trim()).toBe(String(value).trim());
    if (noun !== 'corrections') expect(page.find(`#${noun} details`)?.hasAttribute('open')).toBe(true);
    expect(await opened.added()).toEqual([]);
  });

  it('accepts nothing that a form does not offer', async () => {
    const opened = await openRecord();
    const { visitor, id, page } = opened;
    const token = page.form(paths.addition(id, 'consents')).sends.get('token') ?? '';
    const bent: [RecordNoun, Fields][] = [
      ['consents', { consent: 'perhaps', reason: 'x' }],
      ['parents', { parents: '__proto__', reason: 'x' }],
      ['police', { referred: 'unknown', reason: 'x' }],
      ['corrections', { corrects: '2.5', text: 'x', reason: 'y' }],
      ['corrections', { corrects: '99', text: 'x', reason: 'y' }],
      ['corrections', { corrects: '1', text: 'x', reason: 'y' }],
      ['corrections', { corrects: '-1', text: 'x', reason: 'y' }],
    ];
    for (const [noun, fields] of bent)
      expect((await visitor.post(paths.addition(id, noun), { token, ...fields })).status).toBe(422);
    for (const noun of ['opened', 'answered', '__proto__', 'constructor', 'moves'])
      expect([200, 404]).toContain(
        (await visitor.post(`${paths.consultation(id)}/${noun}`, { token, text: 'x' })).status,
      );
    expect(await opened.added()).toEqual([]);
  });

  it('can be added to before the questions are finished', async () => {
    const { visit, store } = await openApp();
    const visitor = visit();
    const page = await openDoor(visitor, 'bury', 'level');
    const id = idOf(page);
    const record = await visitor.go(paths.record(id));
    expect(record.status).toBe(200);
    expect((await write({ visitor, id }, record, 'notes', { text: 'Ella rang' })).status).toBe(200);
    expect(await store.log.read(id)).toHaveLength(2);
    expect((await answer(visitor, page, 'no')).status).toBe(200);
  });

  it('shows a correction beside what it corrects, and both stay', async () => {
    const opened = await openRecord();
    const noted = await write(opened, opened.page, 'notes', { text: 'It was on Monday' });
    const number = /(\d+) ?Note: It was on Monday/.exec(noted.words('#entries'))?.[1] ?? '';
    const page = await write(opened, noted, 'corrections', {
      corrects: number,
      text: 'It was on Tuesday',
      reason: 'Diary',
    });
    expect(page.words('#notes')).toContain('It was on Monday');
    expect(page.words('#notes')).toContain('Corrected: It was on Tuesday. Why: Diary');
    expect(page.words(`#entry-${number}`)).toContain('Corrected: It was on Tuesday. Why: Diary');
    const text = (await opened.visitor.go(paths.download(opened.id, 'txt'))).html;
    expect(text).toContain('It was on Monday');
    expect(text).toMatch(/CORRECTED by entry \d+, .*It was on Tuesday/s);
  });

  it('keeps 20,000 characters of notes, and refuses one more with the text kept', async () => {
    const opened = await openRecord();
    const long = 'Zoë said: <b>“no”</b> & ran. '.repeat(700).slice(0, 19_999).padEnd(20_000, '.');
    const page = await write(opened, opened.page, 'notes', { text: long });
    expect(await opened.added()).toEqual([{ kind: 'noted', text: long }]);
    const refused = await write(opened, page, 'notes', { text: `${long}!` });
    expect(refused.status).toBe(422);
    expect(refused.errors).toEqual(['You wrote 20001 characters. Shorten it to 20000 or fewer']);
    expect(refused.form(paths.addition(opened.id, 'notes')).sends.get('text')).toBe(`${long}!`);
    expect(await opened.added()).toHaveLength(1);
  });

  it('shows markup and control characters as text, everywhere', async () => {
    const opened = await openRecord();
    const odd =
      '</textarea><script>alert(1)</script> "\'><img src=x onerror=alert(1)> \u0000\u0007\u001b[31m javascript:alert(1)';
    let page = opened.page;
    for (const [noun, fields] of [
      ['notes', { text: odd }],
      ['asker', { name: odd, role: odd, agency: odd, contact: odd }],
      ['tellings', { spokeTo: odd, when: 'now', reference: odd }],
      ['sharings', { what: odd, withWhom: odd, purpose: odd }],
    ] as const)
      page = await write(opened, page, noun, fields);
    for (const path of [paths.record, paths.result]) {
      page = await opened.visitor.go(path(opened.id));
      expect(page.html).not.toMatch(/<script>|<img/);
      expect(hasControls(page.html)).toBe(false);
      expect(page.text).toContain('<script>alert(1)</script>');
      expect(page.all('[onerror]')).toHaveLength(0);
    }
    expect(hasControls((await opened.visitor.go(paths.download(opened.id, 'txt'))).html)).toBe(false);
    const json = JSON.parse((await opened.visitor.go(paths.download(opened.id, 'json'))).html);
    expect(json.notes[0].text).toContain('</textarea><script>alert(1)</script>');
  });
});

describe('a form of the record', () => {
  it.each(RECORD_NOUNS)('%s sent three times at once has one effect', async (noun) => {
    const opened = await openRecord();
    const { fields } = GOOD[noun];
    await Promise.all([1, 2, 3].map(() => write(opened, opened.page, noun, fields)));
    expect(await opened.added()).toHaveLength(1);
  });

  it('that is sent again after others has no effect', async () => {
    const opened = await openRecord();
    const { page } = opened;
    const first = await write(opened, page, 'notes', { text: 'First' });
    await write(opened, first, 'notes', { text: 'Second' });
    await write(opened, page, 'notes', { text: 'First' });
    expect(await opened.added()).toEqual([
      { kind: 'noted', text: 'First' },
      { kind: 'noted', text: 'Second' },
    ]);
  });

  it('may say the same again from another page, and is then recorded', async () => {
    const opened = await openRecord();
    const first = await write(opened, opened.page, 'notes', { text: 'Rang again, nobody answered' });
    await write(opened, first, 'notes', { text: 'Rang again, nobody answered' });
    expect(await opened.added()).toHaveLength(2);
  });

  it('that is outdated overwrites nothing without asking: both are shown', async () => {
    const opened = await openRecord();
    await write(opened, opened.page, 'consents', { consent: 'refused', reason: 'The father said no' });
    const older = await write(opened, opened.page, 'consents', { consent: 'given', reason: 'The mother said yes' });
    expect(older.status).toBe(409);
    expect(older.errors).toEqual([expect.stringContaining('after you opened this form')]);
    expect(older.words('#consents')).toContain('Refused. Why: The father said no');
    const form = older.form(paths.addition(opened.id, 'consents'));
    expect([form.sends.get('consent'), form.sends.get('reason')]).toEqual(['given', 'The mother said yes']);
    expect(await opened.added()).toHaveLength(1);
    const meant = await opened.visitor.send(form);
    expect(meant.words('#consents')).toContain('Given. Why: The mother said yes');
    expect(await opened.added()).toHaveLength(2);
  });

  it('returns the text, even without a script, if the browser has lost the consultation; never what another site sent', async () => {
    const opened = await openRecord();
    const typed = 'He said it on Monday, <b>twice</b>';
    const form = opened.page.form(paths.addition(opened.id, 'notes'));
    opened.visitor.cookies.clear();
    const from = async (site: string) => {
      const { html } = await opened.visitor.send(form, { text: typed }, { 'Sec-Fetch-Site': site });
      return [html.includes('He said it on Monday, &lt;b&gt;twice'), html.includes(form.sends.get('token') ?? '-')];
    };
    expect([await from('same-origin'), await from('cross-site')]).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it('that disputes an outcome that is gone returns the text', async () => {
    const { visitor, id, ...opened } = await openRecord();
    const asking = (await visitor.go(paths.handover(id))).form(paths.handovers(id));
    await visitor.send(asking, { question: 'Is it one for you?', reach: '0161 496 0001' });
    const fields = { ...Object.fromEntries(asking.sends), why: 'She has not eaten since Monday' };
    const refused = await visitor.post(paths.disputes(id), fields);
    expect([refused.status, refused.words('#not-taken + p')]).toEqual([409, fields.why]);
    expect((await opened.added()).map(({ kind }) => kind)).toEqual(['handed over']);
  });

  it('from two tabs adds both notes', async () => {
    const opened = await openRecord();
    await Promise.all(['One', 'Two'].map((text) => write(opened, opened.page, 'notes', { text })));
    expect(await opened.added()).toHaveLength(2);
  });
});

describe('"You have not told children’s services yet"', () => {
  const UNTOLD = /[Hh]ave not told children.s services|[Cc]hildren.s services have not been told|NOT TOLD/;

  async function shownIn(visitor: Visitor, id: string) {
    const pages = await Promise.all([paths.result(id), paths.record(id)].map((path) => visitor.go(path)));
    const text = (await visitor.go(paths.download(id, 'txt'))).html;
    const json = JSON.parse((await visitor.go(paths.download(id, 'json'))).html);
    return {
      pages: pages.map((page) => UNTOLD.test(page.words('.fd-untold'))),
      print: pages.map((page) => UNTOLD.test(page.words('.fd-print-head'))),
      text: UNTOLD.test(text),
      json: json.toldChildrensServices === null,
    };
  }

  it('is on the result, the record, the print, the text and the JSON until it is recorded whom, when and the reference', async () => {
    const opened = await openRecord();
    const { visitor, id, page } = opened;
    const untold = { pages: [true, true], print: [true, true], text: true, json: true };
    expect(await shownIn(visitor, id)).toEqual(untold);
    await write(opened, page, 'tellings', { spokeTo: 'Joan', when: '' });
    await write(opened, page, 'notes', { text: 'I told children’s services' });
    await write(opened, page, 'sharings', { what: 'All', withWhom: 'children’s services', purpose: 'x' });
    await write(opened, page, 'decisions', { asAdvised: 'yes', decision: 'I told them', reason: '' });
    expect(await shownIn(visitor, id)).toEqual(untold);
    // They were told earlier, so they do not know what was found out here.
    await write(opened, page, 'tellings', { spokeTo: 'Joan at MASH', when: 'today at 8:20', reference: 'M 123' });
    for (const path of [paths.result(id), paths.record(id)])
      expect((await visitor.go(path)).words('.fd-untold')).toContain('before this consultation was opened');
    const seen = await visitor.go(paths.record(id));
    await write(opened, seen, 'tellings', { spokeTo: 'Joan at MASH', when: 'now', reference: 'M 124' });
    expect(await shownIn(visitor, id)).toEqual({
      pages: [false, false],
      print: [false, false],
      text: false,
      json: false,
    });
    const result = await visitor.go(paths.result(id));
    expect(result.words('.fd-told')).toMatch(
      /You spoke to Joan at MASH, 22 November 2026 at \d\d:\d\d\. Reference given: M 124\./,
    );
    expect(result.words('.fd-told')).toContain('Front Door itself sends nothing');
  });

  it('nothing ever says that a referral was made, sent or received', async () => {
    const opened = await openRecord();
    await write(opened, opened.page, 'tellings', GOOD.tellings.fields);
    for (const path of [paths.result(opened.id), paths.record(opened.id), paths.download(opened.id, 'txt')])
      expect((await opened.visitor.go(path)).html).not.toMatch(
        /(?<!no )referral (has been|was) (made|sent|received|submitted)|successfully|thank you for/i,
      );
  });
});

describe('a download', () => {
  const offeredIn = (html: string) => [...html.matchAll(/href="[^"]*\/record\.(\w+)" download/g)].map(([, ext]) => ext);

  it('is offered in every format, beside the result and on the record', async () => {
    const { visitor, id } = await openRecord();
    for (const path of [paths.result(id), paths.record(id)]) {
      const { html } = await visitor.go(path);
      expect(offeredIn(html)).toEqual(RECORD_FORMATS);
      expect(offeredIn(html.replace(/record\.txt/, ''))).not.toEqual(RECORD_FORMATS);
    }
  });

  it.each(RECORD_FORMATS)('%s has no name in its file name, and is not cached by the browser', async (format) => {
    const opened = await openRecord();
    await write(opened, opened.page, 'asker', GOOD.asker.fields);
    const response = await opened.visitor.request(paths.download(opened.id, format));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Disposition')).toMatch(
      new RegExp(`^attachment; filename="front-door-B\\d{9}\\.${format}"$`),
    );
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('Content-Type')).toMatch(
      { pdf: /pdf/, txt: /^text\/plain; charset=utf-8/, json: /json/ }[format],
    );
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.length).toBeGreaterThan(1000);
    if (format === 'pdf') expect(body.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is available before the questions are finished too', async () => {
    const visitor = (await openApp()).visit();
    const id = idOf(await answer(visitor, await openDoor(visitor, 'bury', 'level'), 'no'));
    for (const format of RECORD_FORMATS) expect((await visitor.request(paths.download(id, format))).status).toBe(200);
    expect((await visitor.request(`${paths.consultation(id)}/record.exe`)).status).toBe(404);
  });

  it('the list of what is missing is marked as it is recorded', async () => {
    const opened = await openRecord();
    const todo = async () => (await opened.visitor.go(paths.result(opened.id))).all('.fd-todo__item').map(wordsOf);
    expect((await todo()).every((line) => line.endsWith('Not yet'))).toBe(true);
    await write(opened, opened.page, 'consents', GOOD.consents.fields);
    expect((await todo()).filter((line) => line.endsWith('Written down'))).toEqual(['Consent Written down']);
  });
});
