/**
 * The pathway of a child on its real pages: from referral to exit by people who may, and hidden from those who may not.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openDeadlines, readDeskCase } from '../../../server/desk/desk-case.ts';
import { exploitationFigure } from '../../../server/figures/exploitation-facts.ts';
import { countConsultation } from '../../../server/figures/facts.ts';
import { JUDGEMENT } from '../../../server/flow/instruments/score.ts';
import { readPathway, withoutPathway } from '../../../server/pathway/pathway.ts';
import { verifyDatabase } from '../../../server/store/audit-lines.ts';
import { readPublicKey } from '../../../server/store/checkpoints.ts';
import { checkpointFiles } from '../../../server/store/store.ts';
import { expectValid } from '../../browser/valid.ts';
import { isShort } from '../../short-form.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';
import {
  begin,
  complete,
  fill,
  fullAnswers,
  getInstrument,
  makeReferred,
  textOf,
  type World,
} from './pathway-world.ts';

type Desk = Awaited<ReturnType<World['openDesk']>>;

let world: World;
let [duty, specialist, manager, lead]: Desk[] = [];

const who = (browser: Desk | undefined): Desk => {
  if (browser === undefined) throw new Error('nobody is signed in');
  return browser;
};

async function setUp() {
  world = await openDeskApp();
  duty = await world.openDesk('duty worker');
  specialist = await world.openDesk('specialist worker');
  manager = await world.openDesk('operational manager');
}

const OPENING = { referred: '20 11 2026', why: 'Agreed with the manager of MASH' };

async function openPathway(child?: string) {
  const id = await makeReferred(world, who(duty), child);
  const opened = await who(specialist).post(paths.pathwayAction(id, 'openings'), OPENING, paths.pathway(id));
  expect([opened.status, opened.location]).toEqual([303, `${paths.pathway(id)}?done=pathway&at=openings#done`]);
  return id;
}

const pageOf = async (browser: Desk | undefined, path: string) => {
  const { status, text } = await who(browser).get(path);
  return { status, text: textOf(text), html: text };
};
const measurement = () => getInstrument(world, 'measurement_tool');
const scores = (score: string, judgement: string, more: Record<string, string> = {}) => ({
  ...Object.fromEntries((measurement().score?.adds ?? []).map((id) => [id, score])),
  judgement,
  ...more,
});

async function findings() {
  await world.store.checkpoints.write();
  const { keyFile, headsFile } = checkpointFiles(world.store.file);
  const read = readFileSync(headsFile, 'utf8').split('\n').filter(Boolean);
  const verified = await verifyDatabase(world.store.file, { lines: read, key: readPublicKey(keyFile), printed: [] });
  return verified.findings.list();
}

async function openAsProfessional() {
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional, { area: 'bury', flow: 'exploitation' });
  return { professional, id };
}

describe('a pathway', () => {
  it('is opened by a person, and only after a referral about exploitation', async () => {
    await setUp();
    const { professional, id } = await openAsProfessional();
    await professional.post(
      paths.handovers(id),
      { question: 'Is it?', reach: '0161 496 0001' },
      paths.consultation(id),
    );
    const early = await who(manager).post(paths.pathwayAction(id, 'openings'), OPENING, paths.pathway(id));
    expect([early.status, textOf(early.text)]).toEqual([409, expect.stringContaining('Record the outcome first')]);
    expect(readPathway((await world.store.log.read(id)) ?? [])).toBeUndefined();
  });

  it('is on the list until somebody opens it, and refuses an impossible day', async () => {
    await setUp();
    const id = await makeReferred(world, who(duty), 'Waiting Example');
    expect((await pageOf(specialist, paths.pathways())).text).toMatch(/Referred, and no pathway yet.*Waiting Example/);
    const later = { ...OPENING, referred: '1 1 2030' };
    const refused = await who(specialist).post(paths.pathwayAction(id, 'openings'), later, paths.pathway(id));
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('1 1 2030')]);
    expect(refused.text).toContain(OPENING.why);
  });

  it('sets its deadlines from the day of the referral, on its page, the queue and the calendar', async () => {
    await setUp();
    const id = await openPathway();
    const { text } = await pageOf(specialist, paths.pathway(id));
    expect(text).toMatch(
      /by Friday 27 November 2026 : Complete the risk measurement|by Friday 27 November 2026: Complete the risk measurement/,
    );
    expect(text).toMatch(/by Monday 30 November 2026 ?: Hold the first planning meeting/);
    expect(text).toContain('No date yet: Hold an exit meeting');
    const calendar = await who(specialist).get(paths.pathwayCalendar(id));
    expect(calendar.text.replaceAll('\r\n ', '')).toContain('DTSTART;VALUE=DATE:20261127');
    expect(calendar.text).not.toContain('Kim');
    expect((await pageOf(duty, paths.desk())).text).toContain('Saturday 21 November 2026');
  });
});

describe('an instrument', () => {
  it('is filled in by section, saved half-filled without counting, and shows what is missing', async () => {
    await setUp();
    const id = await openPathway();
    const sheet = await begin(who(specialist), id, measurement());
    await fill(
      who(specialist),
      { id, sheet, instrument: measurement(), section: 'indicators_1_to_5' },
      scores('3', '', { 'missing.note': 'Out until two' }),
    );
    const page = await pageOf(specialist, paths.pathwaySheet(id, sheet));
    expect(page.text).toContain('not finished: it does not count yet');
    expect(page.text).toContain('Choose a score: 6. Ability to identify');
    expect(page.text).toContain('Out until two');
    expect(page.text).toContain(`Overall score: 15 so far, 6 still open ${JUDGEMENT}`);
    const early = await who(specialist).post(
      paths.pathwaySheetAction(id, sheet, 'completions'),
      {},
      paths.pathwaySheet(id, sheet),
    );
    expect([early.status, textOf(early.text)]).toEqual([422, expect.stringContaining('It is not complete')]);
    expect((await pageOf(specialist, paths.pathway(id))).text).toContain('Nothing has been measured yet');
    const given = await who(specialist).post(
      paths.pathwaySheetAction(id, sheet, 'givings-up'),
      { reason: 'She has moved' },
      paths.pathwaySheet(id, sheet),
    );
    expect(given.status).toBe(303);
    expect((await pageOf(specialist, paths.pathwaySheet(id, sheet))).text).toContain('Given up. Reason: She has moved');
  });

  it('refuses a score out of range and a date before the referral, and loses nothing that was typed', async () => {
    await setUp();
    const id = await openPathway();
    const sheet = await begin(who(specialist), id, measurement());
    const judged = await fill(
      who(specialist),
      { id, sheet, instrument: measurement(), section: 'judgement' },
      {
        judgement: '11',
        analysis: 'All that we know',
      },
    );
    expect([judged.status, textOf(judged.text)]).toEqual([
      422,
      expect.stringContaining('Write a whole number from 1 to 10'),
    ]);
    expect(judged.text).toContain('All that we know');
    const indicators = await fill(
      who(specialist),
      { id, sheet, instrument: measurement(), section: 'indicators_1_to_5' },
      { missing: '6' },
    );
    expect([indicators.status, textOf(indicators.text)]).toEqual([
      422,
      expect.stringContaining('Choose one of: 1, 2, 3, 4, 5'),
    ]);
    const dated = await fill(
      who(specialist),
      { id, sheet, instrument: measurement(), section: 'details' },
      {
        assessed_on: '19 11 2026',
        name: 'Kim Example',
      },
    );
    expect([dated.status, textOf(dated.text)]).toEqual([422, expect.stringContaining('before the referral')]);
  });

  it('is added up by the server while it is filled in, without saving anything', async () => {
    await setUp();
    const id = await openPathway();
    const sheet = await begin(who(specialist), id, measurement());
    const before = (await world.store.log.read(id))?.length;
    const total = (fields: Record<string, string>, section: string) =>
      who(specialist).post(
        paths.pathwaySheetTotal(id, sheet, section),
        fields,
        paths.pathwaySheetSection(id, sheet, section),
      );
    const { status, text } = await total({ missing: '4', school: '5' }, 'indicators_1_to_5');
    expect([status, textOf(text)]).toEqual([200, expect.stringContaining('Overall score: 9 so far, 9 still open')]);
    expect(text).toContain(JUDGEMENT);
    await fill(who(specialist), { id, sheet, instrument: measurement(), section: 'details' }, { age: '12' });
    expect((await total({ sexual_health: '2' }, 'indicators_6_to_10')).text).toContain('Under 13');
    expect((await world.store.log.read(id))?.length).toBe((before ?? 0) + 1);
  });

  it('shows both answers if two people answer the same, and saves neither silently', async () => {
    await setUp();
    const id = await openPathway();
    const sheet = await begin(who(specialist), id, measurement());
    const address = paths.pathwaySheetSection(id, sheet, 'judgement');
    const seen = /name="seen" value="(\d+)"/.exec((await who(specialist).get(address)).text)?.[1] ?? '';
    await fill(who(manager), { id, sheet, instrument: measurement(), section: 'judgement' }, { judgement: '4' });
    const clash = await who(specialist).post(address, { seen, judgement: '7', analysis: 'Gifts from two men' });
    expect([clash.status, textOf(clash.text)]).toEqual([
      409,
      expect.stringContaining('Meanwhile somebody else answered: “4”'),
    ]);
    expect(clash.text).toContain('Gifts from two men');
    const again = /name="seen" value="(\d+)"/.exec(clash.text)?.[1] ?? '';
    expect(
      (await who(specialist).post(address, { seen: again, judgement: '7', analysis: 'Gifts from two men' })).status,
    ).toBe(303);
    expect(readPathway((await world.store.log.read(id)) ?? [])?.sheets[0]?.answers).toMatchObject({ judgement: '7' });
  });

  it('is never changed once it is completed', async () => {
    await setUp();
    const id = await openPathway();
    const sheet = await complete(who(specialist), id, measurement(), scores('2', '5'));
    const late = await who(manager).post(
      paths.pathwaySheetSection(id, sheet, 'judgement'),
      { judgement: '1', analysis: 'Other words' },
      paths.pathwaySheet(id, sheet),
    );
    expect([late.status, textOf(late.text)]).toEqual([409, expect.stringContaining('is never changed')]);
    expect(late.text).toContain('Other words');
    const kept = readPathway((await world.store.log.read(id)) ?? [])?.sheets[0];
    expect([kept?.answers.judgement, kept?.completed?.result]).toEqual([
      '5',
      expect.objectContaining({ total: 25, bandName: 'Medium' }),
    ]);
    // Pressing the button twice has one effect.
    expect((await who(specialist).post(paths.pathwaySheetAction(id, sheet, 'completions'), {})).status).toBe(303);
  });
});

describe('an entry of a pathway that did not happen', () => {
  it('is corrected as one of the record: it stays readable and counts nowhere, and counts again when it did', async () => {
    await setUp();
    const id = await openPathway();
    const sheet = await complete(who(specialist), id, measurement(), scores('2', '5'));
    const entries = async () => (await world.store.log.read(id)) ?? [];
    const numberOf = async (kind: string) => (await entries()).findLast(({ what }) => what.kind === kind)?.number ?? 0;
    const done = await numberOf('instrument completed');
    const page = await who(specialist).get(paths.pathwayCorrecting(id, done).replace(/#.*/, ''));
    expect(page.text).toContain('It did not happen. It stays readable, and no longer counts');
    const correct = (form: Record<string, string>) =>
      who(specialist).post(
        paths.pathwayAction(id, 'corrections'),
        { corrects: String(done), text: 'It is about another child', reason: 'Mixed up', ...form },
        paths.pathway(id),
      );
    const state = async () => {
      const all = await entries();
      const deskCase = readDeskCase(all);
      const hidden = readDeskCase(withoutPathway(all));
      const open = (one: typeof deskCase) => openDeadlines(one as never).map(({ id: deadline }) => deadline);
      expect(open(hidden)).toEqual(open(deskCase));
      return {
        sheet: readPathway(all)?.sheets[0]?.state,
        measured: countConsultation(all)?.facts[exploitationFigure('measured')],
        deadlines: open(deskCase),
      };
    };
    const counted = await state();
    expect((await correct({})).status).toBe(422);
    expect((await correct({ subject: 'not done' })).status).toBe(303);
    const denied = await state();
    expect([denied.sheet, counted.measured, denied.measured]).toEqual(['denied', '1', '0']);
    expect(denied.deadlines).not.toEqual(counted.deadlines);
    const read = await pageOf(specialist, paths.pathway(id));
    expect(read.text).toContain('It did not happen, and no longer counts. It is about another child');
    expect(read.text).toContain('and was not: it does not count');
    const shown = await pageOf(specialist, paths.pathwaySheet(id, sheet));
    expect([shown.status, shown.text.includes('Score so far')]).toEqual([200, false]);
    expect((await correct({ subject: 'done', text: 'It is about this child after all' })).status).toBe(303);
    expect(await state()).toEqual(counted);
  });

  it('cannot be what was opened or begun, nor an entry of the consultation', async () => {
    await setUp();
    const id = await openPathway();
    const entries = (await world.store.log.read(id)) ?? [];
    const correct = (corrects: number) =>
      who(specialist).post(
        paths.pathwayAction(id, 'corrections'),
        { corrects: String(corrects), subject: 'not done', text: 'Not so', reason: 'Mixed up' },
        paths.pathway(id),
      );
    const opened = entries.find(({ what }) => what.kind === 'pathway opened')?.number ?? 0;
    const refused = await correct(opened);
    expect([refused.status, refused.text.includes('cannot be said not to have happened')]).toEqual([422, true]);
    expect((await correct(2)).status).toBe(404);
    expect((await world.store.log.read(id))?.length).toBe(entries.length);
  });
});

describe('from the referral to the exit', () => {
  it('three people measure, meet, compare and close; every version is kept; verify finds nothing', async () => {
    await setUp();
    const id = await openPathway('Alex Journey');
    const first = await complete(
      who(specialist),
      id,
      measurement(),
      scores('4', '8', { assessed_on: '20 11 2026', school: '1' }),
    );
    expect((await pageOf(specialist, paths.pathwaySheet(id, first))).text).toContain('High risk: 41 to 60, red');
    await complete(who(specialist), id, getInstrument(world, 'planning_meeting'));
    await world.clock.pass(30 * 24 * 60);
    expect((await who(specialist).get(paths.pathways())).status).toBe(303);
    specialist = await world.openDesk('specialist worker');
    manager = await world.openDesk('operational manager');
    const second = await complete(
      who(specialist),
      id,
      measurement(),
      scores('3', '5', { assessed_on: '20 12 2026', school: '5' }),
    );
    const page = await pageOf(manager, paths.pathwaySheet(id, second));
    expect(page.text).toMatch(
      /risk score of 45\. Since the last review, this assessment shows the risk has decreased : 45 then, 37 now|has decreased: 45 then, 37 now/,
    );
    expect(page.text).toContain('Went up, although the total has fallen: 2. School or college attendance (1 to 5)');
    await expectValid((await pageOf(manager, paths.pathway(id))).html);
    await expectValid((await pageOf(manager, paths.pathways())).html);
    const beside = await pageOf(
      specialist,
      paths.pathwaySheetSection(id, await begin(who(specialist), id, measurement()), 'indicators_1_to_5'),
    );
    expect(beside.text).toContain('Last time, 20 December 2026: 3. Occasionally goes missing');
    expect(beside.html).not.toMatch(/name="missing"[^>]*checked/);
    await expectValid(beside.html);
    const closing = { reason: 'The family has help of its own' };
    const early = await who(specialist).post(paths.pathwayAction(id, 'closings'), closing, paths.pathway(id));
    expect([early.status, textOf(early.text)]).toEqual([409, expect.stringContaining('before the exit meeting')]);
    const open =
      readPathway((await world.store.log.read(id)) ?? [])?.sheets.find(({ state }) => state === 'open')?.number ?? 0;
    await who(specialist).post(
      paths.pathwaySheetAction(id, open, 'givings-up'),
      { reason: 'Begun by mistake' },
      paths.pathwaySheet(id, open),
    );
    await complete(who(manager), id, getInstrument(world, 'exit_meeting'), { held_on: '20 12 2026' });
    const closed = await who(specialist).post(paths.pathwayAction(id, 'closings'), closing, paths.pathway(id));
    expect(closed.status).toBe(303);
    const after = await pageOf(specialist, paths.pathway(id));
    expect(after.text).toContain('The measured risk has come down, from 45 to 37');
    expect(after.html).toContain('<polyline');
    expect(after.html).not.toMatch(/ style=/);
    expect(after.text).toContain('Nothing is open.');
    const pdf = await who(specialist).get(paths.pathwaySheetFile(id, second));
    expect([pdf.headers.get('Content-Type'), pdf.text.startsWith('%PDF-1.7')]).toEqual(['application/pdf', true]);
    // The clock jumped by a month during which no checkpoint was signed.
    expect((await findings()).filter(({ kind }) => kind !== 'heads missing')).toEqual([]);
  });

  it('without a reduction a manager decides with a reason, and the specialist worker cannot', async () => {
    await setUp();
    const id = await openPathway('Robin Same');
    world.clock.pass(12 * 24 * 60);
    specialist = await world.openDesk('specialist worker');
    manager = await world.openDesk('operational manager');
    for (const day of ['20 11 2026', '1 12 2026'])
      await complete(who(specialist), id, measurement(), scores('3', '3', { assessed_on: day }));
    const last = readPathway((await world.store.log.read(id)) ?? [])?.sheets.at(-1)?.number ?? 0;
    expect((await pageOf(specialist, paths.pathwaySheet(id, last))).text).toContain('the risk has stayed the same');
    await complete(who(specialist), id, getInstrument(world, 'exit_meeting'), { held_on: '2 12 2026' });
    const refused = await who(specialist).post(
      paths.pathwayAction(id, 'closings'),
      { reason: 'Enough' },
      paths.pathway(id),
    );
    expect([refused.status, textOf(refused.text)]).toEqual([
      409,
      expect.stringContaining('let a manager decide and say why'),
    ]);
    const silent = await who(manager).post(paths.pathwayAction(id, 'closings'), { reason: '' }, paths.pathway(id));
    expect(silent.status).toBe(422);
    const decided = await who(manager).post(
      paths.pathwayAction(id, 'closings'),
      { reason: 'She has moved to Leeds, which has taken it over' },
      paths.pathway(id),
    );
    expect(decided.status).toBe(303);
    expect((await pageOf(manager, paths.pathway(id))).text).toContain(
      'The measured risk has not come down, from 33 to 33',
    );
  });
});

describe('who may see it', () => {
  it('the duty worker sees that there is one, and nothing in it: page, search, copy, exports', async () => {
    await setUp();
    const id = await openPathway('Sasha Hidden');
    const note = { text: 'The aunt in Prestwich may help' };
    await who(specialist).post(paths.pathwayAction(id, 'notes'), note, paths.pathway(id));
    await who(specialist).post(
      paths.pathwayAction(id, 'placements'),
      { council: 'Lancashire', told: '', whom: '' },
      paths.pathway(id),
    );
    expect((await pageOf(specialist, paths.pathway(id))).text).toContain('That council has not been told yet');
    const page = await pageOf(duty, paths.deskRecord(id));
    expect(page.text).toContain('There is one, with the Phoenix team');
    for (const path of [
      paths.deskRecord(id),
      paths.deskCopy(id),
      paths.deskDownload(id, 'txt'),
      paths.deskDownload(id, 'json'),
    ]) {
      const { status, html } = await pageOf(duty, path);
      expect([path, status, /Prestwich|Lancashire|Agreed with the manager of MASH/.test(html)]).toEqual([
        path,
        200,
        false,
      ]);
    }
    expect((await who(duty).get(paths.pathway(id))).status).toBe(403);
    const search = await who(duty).post(paths.deskSearch(), { words: 'Prestwich' }, paths.deskSearch());
    expect(search.text).not.toContain(paths.deskRecord(id));
    lead = await world.openDesk('safeguarding lead');
    expect((await pageOf(lead, paths.pathway(id))).text).toContain('Prestwich');
    expect((await who(lead).post(paths.pathwayAction(id, 'notes'), note, paths.pathways())).status).toBe(403);
    expect((await pageOf(lead, paths.deskDownload(id, 'txt'))).html).toContain('Prestwich');
  });

  it('the referrer sees nothing of it', async () => {
    await setUp();
    const { professional, id } = await openAsProfessional();
    await world.store.log.decide(id, () => [{ kind: 'pathway noted', text: 'The aunt in Prestwich' }], 'duty worker');
    expect((await professional.get(paths.record(id))).text).not.toContain('Prestwich');
  });

  it('an open pathway is not erased before it is closed', async () => {
    await setUp();
    const id = await openPathway('Kept Example');
    const entries = (await world.store.log.read(id)) ?? [];
    const { readRetention, RETENTION_ACTIONS } = await import('../../../server/desk/retention.ts');
    expect(readRetention(entries)?.onPathway).toBe(true);
    const desk = world.services.library.areas.get('bury')?.desk;
    if (desk === undefined) throw new Error('Bury has no desk');
    expect(RETENTION_ACTIONS.approvals(entries, {}, { desk, today: '2050-01-01' })).toMatchObject({
      refused: 'conflict',
    });
  });
});

describe('in each area', () => {
  const areas: [string, string, string[]][] = [
    ['bury', 'exploitation', ['Friday 27 November 2026', 'Monday 30 November 2026']],
    ['bolton', 'consultation', ['Friday 27 November 2026']],
    ['stockport', 'exploitation', ['Monday 30 November 2026', 'Tuesday 1 December 2026']],
  ];
  it.skipIf(isShort).each(areas)(
    '%s: every form from its first section to its end, and the times as printed',
    async (area, flow, days) => {
      world = await openDeskApp();
      const worker = await world.openDesk('duty worker', area);
      const team = await world.openDesk('specialist worker', area);
      const id = await makeReferred(world, worker, 'Each Form', { area, flow });
      const opened = await team.post(paths.pathwayAction(id, 'openings'), OPENING, paths.pathway(id));
      expect(opened.status).toBe(303);
      const before = await pageOf(team, paths.pathway(id));
      for (const day of days) expect(before.text).toContain(`by ${day}`);
      for (const name of world.services.library.areas.get(area)?.pathway?.instruments ?? []) {
        const instrument = getInstrument(world, name, area);
        const sheet = await complete(team, id, instrument, fullAnswers(instrument));
        const shown = await pageOf(team, paths.pathwaySheet(id, sheet));
        expect(shown.text).toContain('Completed, of 22 November 2026');
        await expectValid(shown.html);
      }
      // Stockport and Bolton measure nothing, so a manager decides about the exit.
      const closing = await team.post(paths.pathwayAction(id, 'closings'), { reason: 'Enough' }, paths.pathway(id));
      expect([area, closing.status]).toEqual([area, 409]);
    },
  );

  it('Bolton counts ten working days and eight weeks from the day on which the practitioner receives the case', async () => {
    world = await openDeskApp();
    const worker = await world.openDesk('duty worker', 'bolton');
    const team = await world.openDesk('specialist worker', 'bolton');
    const id = await makeReferred(world, worker, 'Ten Days', { area: 'bolton', flow: 'consultation' });
    await team.post(paths.pathwayAction(id, 'openings'), OPENING, paths.pathway(id));
    await complete(team, id, getInstrument(world, 'team_decision', 'bolton'), { allocated_on: '20 11 2026' });
    const { text } = await pageOf(team, paths.pathway(id));
    expect(text).toMatch(/by Friday 4 December 2026 ?: Make the NRM referral/);
    expect(text).toMatch(/by Friday 15 January 2027 ?: Complete the WISE document/);
    expect(text).not.toContain('Review what the referral says');
  });
});

it('prints a hand-off sheet under the name of each form whose fields no document prints, and says that it is not the form', async () => {
  await setUp();
  const id = await makeReferred(world, who(duty), 'Hand Off');
  const forms = world.services.library.areas.get('bury')?.handOffs ?? [];
  expect(forms.map((form) => form.id)).toContain('interagency_referral');
  const copy = await pageOf(duty, paths.deskCopy(id));
  for (const { id: form, title } of forms) {
    expect(copy.html).toContain(paths.deskHandOff(id, form));
    const { status, text, html } = await pageOf(duty, paths.deskHandOff(id, form));
    expect([status, text]).toEqual([
      200,
      expect.stringContaining('This is not the form itself, and it is no referral'),
    ]);
    expect(text).toContain(title);
    expect(text).toContain('Hand Off');
    await expectValid(html);
  }
  expect((await pageOf(duty, paths.deskHandOff(id, 'nothing'))).status).toBe(404);
});
