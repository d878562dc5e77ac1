/** What leaves the desk: one record as a file and field by field, and many as CSV after signing in again. */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { RECORD_FORMATS } from '../../../server/base/record-formats.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;

/** A consultation that was asked, claimed, filled in and answered. */
async function closed(world: World, amina: Awaited<ReturnType<World['openDesk']>>, course: string) {
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional);
  await professional.post(paths.addition(id, 'child'), { known: 'yes', name: 'Sam Lee' }, paths.record(id));
  await professional.post(
    paths.handovers(id),
    { question: 'She is hungry. Is this for you?', reach: '0161 496 0001' },
    paths.consultation(id),
  );
  const record = paths.deskRecord(id);
  await amina.post(paths.deskAction(id, 'claims'), {}, record);
  const outcome = await amina.post(
    paths.deskAction(id, 'outcomes'),
    {
      'field-screening': 'other_concern',
      'field-parents_told': 'not_told',
      'reason-parents_told': 'MASH is asked first',
      'field-agreed_course': course,
      'field-concern': 'neglect',
      outcome: 'advice_only',
      departs: 'advice_only',
      reason: 'The school has seen to it',
      decidedBy: 'Amina Shah',
    },
    record,
  );
  expect(outcome.status).toBe(303);
  await amina.post(paths.deskAction(id, 'replies'), { how: 'by telephone', answer: 'Keep watching' }, record);
  return { id, professional };
}

it.each(['Łukasz Ó’Brien', 'ਗੁਰਪ੍ਰੀਤ ਕੌਰ', 'שרה כהן', '陳小明', 'ሰላም', "d'Arcy–Smith"])(
  'a name is shown and exported as it was typed, on every page and in every text file: %s',
  async (name) => {
    const world = await openDeskApp();
    const professional = world.openBrowser();
    const { id } = await beginConsultation(professional);
    await professional.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
    await professional.post(
      paths.handovers(id),
      { question: 'Is it?', reach: `0161 496 0001, ${name}` },
      paths.handover(id),
    );
    const worker = await world.openDesk('duty worker');
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    const places = [
      [professional, paths.record(id)],
      [professional, paths.handover(id)],
      [professional, paths.download(id, 'txt')],
      [professional, paths.download(id, 'json')],
      [worker, paths.desk()],
      [worker, paths.deskRecord(id)],
      [worker, paths.deskDownload(id, 'txt')],
      [worker, paths.deskDownload(id, 'json')],
    ] as const;
    for (const [browser, path] of places) {
      const { text } = await browser.get(path);
      expect([path, text.replaceAll('&#39;', "'").includes(name)]).toEqual([path, true]);
    }
    const found = await worker.post(paths.deskSearch(), { child: name }, paths.deskSearch());
    expect(found.text.replaceAll('&#39;', "'")).toContain(name);
  },
);

it('an exported record contains what the desk wrote, as text, JSON and PDF', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id, professional } = await closed(world, amina, 'The school keeps watch');
  const text = (await amina.get(paths.deskDownload(id, 'txt'))).text;
  const places = [
    'RECORD OF THE DUTY DESK',
    'Result of the screening',
    'Were the parents told?',
    'Kind of concern',
    'OUTCOME',
  ];
  const found = places.map((words) => text.indexOf(words));
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found[0]).toBeGreaterThan(0);
  expect(text).not.toContain('?:');
  expect((await amina.get(paths.deskCopy(id))).text).not.toContain('?:');
  for (const words of ['The school keeps watch', 'Reason: MASH is asked first', 'Keep watching', 'Amina Shah'])
    expect(text).toContain(words);
  const { desk } = JSON.parse((await amina.get(paths.deskDownload(id, 'json'))).text);
  const recorded = desk.fields.filter(({ recorded }: { recorded: object | null }) => recorded !== null);
  expect(recorded.slice(0, 2)).toMatchObject([
    { id: 'screening', recorded: { value: 'other_concern', by: 'A duty worker' } },
    { id: 'parents_told', recorded: { value: 'not_told', reason: 'MASH is asked first' } },
  ]);
  expect(desk).toMatchObject({ outcomes: [{ outcome: 'advice_only' }], answer: { answer: 'Keep watching' } });
  const pdf = await amina.get(paths.deskDownload(id, 'pdf'));
  expect([pdf.status, pdf.text.slice(0, 5)]).toEqual([200, '%PDF-']);
  // The fields are for the desk only; the referrer reads the outcome and the answer.
  const own = (await professional.get(paths.download(id, 'txt'))).text;
  for (const words of ['Keep watching', 'Advice only']) expect(own).toContain(words);
  for (const words of ['The school keeps watch', 'MASH is asked first']) expect(own).not.toContain(words);
  const page = (await professional.get(paths.record(id))).text;
  expect(page).toContain('Keep watching');
  expect(page).not.toContain('The school keeps watch');
}, 60_000);

it('every format is offered at the desk, on the record and where it is copied', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id } = await closed(world, amina, 'The school keeps watch');
  for (const page of [paths.deskRecord(id), paths.deskCopy(id)]) {
    const offered = [...(await amina.get(page)).text.matchAll(/href="([^"]*)" download/g)].map(([, href]) => href);
    expect(offered).toEqual(expect.arrayContaining(RECORD_FORMATS.map((format) => paths.deskDownload(id, format))));
  }
}, 60_000);

it('every field can be copied separately, in the area’s order, and selected without a script', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id } = await closed(world, amina, 'The <b>school</b> & we');
  const { text } = await amina.get(paths.deskCopy(id));
  const names = [...text.matchAll(/<h2[^>]*>([^<]+)<\/h2>/g)].map(([, name]) => name);
  expect(names.slice(0, 5)).toEqual(['Reference', 'Asked', 'To be reached at', 'Child', 'What was asked']);
  expect(names.indexOf('Result of the screening')).toBeLessThan(names.indexOf('Kind of concern'));
  expect(text).toContain('data-copy="The &lt;b&gt;school&lt;/b&gt; &amp; we"');
  expect(text.match(/data-copy=/g)?.length).toBe(names.length);
  expect(text).toMatch(/<textarea[^>]*readonly/);
}, 60_000);

it('many as CSV are for managers, by dates and outcome, without names, and with formulas made harmless', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  for (const course of ['=HYPERLINK("http://x.example")', 'Plain', 'Two\nlines, and "quotes"'])
    await closed(world, amina, course);
  expect((await amina.get(paths.deskExport())).status).toBe(403);
  const lead = await world.openDesk('safeguarding lead');
  const all = await lead.post(paths.deskExport(), {}, paths.deskExport());
  expect(all.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(all.text).toContain(`"'=HYPERLINK(""http://x.example"")"`);
  expect(all.text).toContain('"Two\nlines, and ""quotes"""');
  expect(all.text).not.toContain('Sam Lee');
  expect(all.text.match(/^B \d\d/gm)).toHaveLength(3);
  const none = await lead.post(paths.deskExport(), { outcome: 'early_help' }, paths.deskExport());
  expect(none.text.trim().split('\r\n')).toHaveLength(1);
  const before = await lead.post(paths.deskExport(), { to: '1 1 2026' }, paths.deskExport());
  expect(before.text.trim().split('\r\n')).toHaveLength(1);
  const wrong = await lead.post(paths.deskExport(), { from: 'then' }, paths.deskExport());
  expect([wrong.status, wrong.text.includes('You wrote “then”. Write the day')]).toEqual([422, true]);
  const other = await world.openDesk('operational manager', 'bolton');
  expect((await other.post(paths.deskExport(), {}, paths.deskExport())).text).not.toContain('Plain');
}, 60_000);

it('asks to sign in again after ten minutes, and restores the filled form', async () => {
  const world = await openDeskApp();
  const lead = await world.openDesk('safeguarding lead');
  world.clock.pass(11);
  const late = await lead.post(paths.deskExport(), { from: '1 2 2026' }, paths.deskExport());
  expect([late.status, late.location]).toEqual([303, `${paths.signIn()}?to=${encodeURIComponent(paths.deskExport())}`]);
  const again = await world.signIn(lead, lead.member, { to: paths.deskExport() });
  expect(again.status).toBe(303);
  expect((await lead.get(paths.deskExport())).text).toContain('value="1 2 2026"');
  expect((await lead.post(paths.deskExport(), { from: '1 2 2026' })).status).toBe(200);
}, 60_000);

it('an export of many is logged for each of them, before a line is sent', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id } = await closed(world, amina, 'The school keeps watch');
  const manager = await world.openDesk('operational manager');
  const sent = await manager.post(paths.deskExport(), { from: '', to: '', outcome: '' }, paths.deskExport());
  expect(sent.status).toBe(200);
  const looks = await world.store.accessLog.at(id, 100);
  expect(looks.filter(({ what }) => what === 'export').map(({ who }) => who.id)).toEqual([manager.member.id]);
});
