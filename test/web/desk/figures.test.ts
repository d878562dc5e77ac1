/** The figures in the real app: who may see them, what the page shows, and that it agrees with the records. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Happening } from '../../../server/consultation/entry.ts';
import { makeReference } from '../../../server/consultation/reference.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
const asked: Happening = { kind: 'handed over', question: '?', reach: '', urgent: 'no', deadlines: [] };
const recorded = (counts: string, value: string): Happening => ({
  kind: 'field recorded',
  field: counts,
  label: counts,
  value,
  words: value,
  reason: '',
  counts,
});

/** The area's fields are defined together. */
const isOfDesk = (title: string) => /^(Referrals|Outcomes|Decisions|Deadlines?|Time to)\b/.test(title);
const DEFINED = readFileSync('docs/figures.md', 'utf8');

async function add(world: World, times: number, ...also: Happening[]) {
  for (let time = 0; time < times; time++)
    await world.store.consultations.open({
      area: 'bury',
      flow: 'level',
      version: 'v1',
      by: 'professional',
      makeReference: () => makeReference('B', randomBytes),
      also: [asked, ...also],
    });
}

it('a lead reads the quarter: a sentence, a chart, a table and CSV for each, with small numbers hidden everywhere', async () => {
  const world = await openDeskApp();
  await add(world, 9, recorded('gender', 'girl'));
  await add(world, 6, recorded('gender', 'boy'));
  await add(world, 2, recorded('gender', 'other'));
  const lead = await world.openDesk('safeguarding lead');
  const { status, text } = await lead.get(paths.figures());
  expect(status).toBe(200);
  expect(text).toContain('1 October 2026 to 31 December 2026');
  expect(text).toContain('17 consultations were asked of the duty desk.');
  expect(text).toContain('Most often, of those that can be shown: Girl or young woman, 9 of 17.');
  const [said = '', silent = ''] = text.split('Nothing to show yet');
  // Where nothing is recorded, a chart would show 0, 0, 17, so it is folded. Rows of 0 are listed instead of drawn.
  expect(said).toContain('id="gender"');
  expect(said).not.toMatch(/id="(age|ethnicity)"/);
  expect(silent).toContain('Of none of the 17 is it written down.');
  expect(said).toContain('0 each: Not known; Not written down.');
  expect(text.match(/>CSV</g)?.length).toBe(text.match(/<table /g)?.length);
  const csv = await lead.get(paths.figuresCsv('2026-10-01', '2026-12-31', 'gender'));
  expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  const rows = csv.text
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  expect(rows.slice(1).map((row) => row.slice(4, 6))).toEqual([
    ['Girl or young woman', '9'],
    ['Boy or young man', '[c]'],
    ['Described in another way', '[c]'],
    ['Not known', '0'],
    ['Not written down', '0'],
    ['All', '17'],
  ]);
  const all = await lead.get(paths.figuresCsv('2026-10-01', '2026-12-31'));
  // Outcomes that need a second signature have one row in each table of the outcome.
  expect(all.text.match(/No outcome yet: waits for a second signature/g)).toHaveLength(3);
  for (const title of [...new Set(all.text.split('\r\n').map((row) => row.split(',')[3] ?? ''))].filter(isOfDesk))
    expect([title, DEFINED.includes(title)]).toEqual([title, true]);
  for (const figure of [
    'Consultations',
    'Kinds of concern',
    'Age',
    'Ethnicity',
    'Time to claim',
    'Decisions other than',
  ])
    expect(all.text).toContain(figure);
}, 60_000);

it('what Bury’s strategy asks for is counted only there, with small numbers hidden', async () => {
  const world = await openDeskApp();
  await add(world, 8, recorded('suspects', 'one'), recorded('risk assessment', 'measurement'));
  await add(world, 6, recorded('suspects', 'group'), recorded('risk result', 'red'));
  await add(world, 2, recorded('suspects', 'two'), recorded('suspect age', 'under_16'));
  const lead = await world.openDesk('safeguarding lead');
  const numbers = async (figure: string) => {
    const { text } = await lead.get(paths.figuresCsv('2026-10-01', '2026-12-31', figure));
    return Object.fromEntries(
      text
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',').slice(-3, -1)),
    );
  };
  expect(await numbers('suspects')).toMatchObject({ 'One person': '8', 'Two people': '[c]', 'Three or more': '0' });
  expect(await numbers('risk assessment')).toMatchObject({ 'Risk measurement of the Phoenix team': '8', All: '16' });
  expect(await numbers('risk result')).toMatchObject({ 'Not written down': '10', All: '16' });
  expect(await numbers('suspect age')).toMatchObject({ 'Under 16': '[c]' });
  const { text } = await lead.get(paths.figures());
  for (const title of ['Risk assessments', 'People suspected', 'Suspected: relationship to the child'])
    expect(text).toContain(title);
  const bolton = await world.openDesk('safeguarding lead', 'bolton');
  expect((await bolton.get(paths.figures())).text).not.toMatch(/suspected|What worked|Risk assessments/);
}, 60_000);

it('figures are for people whom the table allows, and for their own area', async () => {
  const world = await openDeskApp();
  await add(world, 7);
  for (const role of ['duty worker', 'administrator'] as const) {
    const browser = await world.openDesk(role);
    expect((await browser.get(paths.figures())).status).toBe(403);
    expect((await browser.get(paths.figuresCsv())).status).toBe(403);
  }
  const other = await world.openDesk('operational manager', 'bolton');
  expect((await other.get(paths.figures())).text).toContain('0 consultations were asked');
  const manager = await world.openDesk('operational manager');
  expect((await manager.get(paths.desk())).text).toContain('href="/desk/figures"');
}, 60_000);

it('nothing is shown if there are too few, and dates are accepted as people write them', async () => {
  const world = await openDeskApp();
  await add(world, 3, recorded('age', 'unborn'));
  const lead = await world.openDesk('safeguarding lead');
  const few = await lead.get(paths.figures());
  expect(few.text).toContain('Nothing can be shown for these dates.');
  expect(few.text).not.toContain('<svg');
  expect(few.text).toContain('A quarter with so few is not shown alone');
  expect(few.text).not.toContain('Choose whole quarters');
  expect((await lead.get(paths.figuresCsv())).text).toContain('[c]');
  const before = await lead.get(`${paths.figures()}?from=3+1+2026&to=5+August+2026`);
  expect(before.text).toContain('1 January 2026 to 31 August 2026');
  const wrong = await lead.get(`${paths.figures()}?from=last+week&to=1+1+1999`);
  expect([wrong.status, wrong.text.includes('Write the day, the month and the year')]).toEqual([422, true]);
  const backwards = await lead.get(`${paths.figures()}?from=1+2+2026&to=1+1+2026`);
  expect(backwards.text).toContain('The last day has to come after the first');
}, 60_000);

it('a manager sees every number on the screen; prints and CSV hide the small ones', async () => {
  const world = await openDeskApp();
  await add(world, 9, recorded('gender', 'girl'));
  await add(world, 2, recorded('gender', 'other'));
  const manager = await world.openDesk('operational manager');
  const { text } = await manager.get(paths.figures());
  const [screen = '', print = ''] = text.slice(text.indexOf('id="gender"')).split('fd-only-print');
  const barsOf = (part: string) => [...part.matchAll(/fd-chart__number"[^>]*>([^<]+)</g)].map(([, words]) => words);
  expect(barsOf(screen)).toEqual(['9', '2']);
  const [printed = ''] = print.split('<details');
  expect([barsOf(printed), /\b[29]\b/.test(printed.replace(/<[^>]+>/g, ' '))]).toEqual([[], false]);
  expect(printed).toContain('The numbers are too small to be shown.');
  expect(text).toContain('You see every number here');
  const csv = await manager.get(paths.figuresCsv('2026-10-01', '2026-12-31', 'gender'));
  expect(csv.text).toContain('[c]');
  const lead = await world.openDesk('safeguarding lead');
  expect((await lead.get(paths.figures())).text).not.toMatch(/You see every number|fd-only-print(?!">Printed by)/);
  // Too few to publish anything; on the manager's own screen they are shown all the same.
  const few = await openDeskApp();
  await add(few, 2, recorded('gender', 'girl'));
  const own = (await (await few.openDesk('operational manager')).get(paths.figures())).text;
  expect(own).toContain('2 consultations were asked');
  expect(own).toMatch(/fd-only-print"><div class="fd-notice"><p><strong>Nothing can be shown/);
  expect((await (await few.openDesk('safeguarding lead')).get(paths.figures())).text).not.toContain('2 consultations');
}, 60_000);
