/** One instrument of a child: begun, filled in section by section, read as a whole, completed, printed. */
import { type Context, Hono } from 'hono';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { SectionPage } from '../../../views/pathway/section.tsx';
import { SheetPage } from '../../../views/pathway/sheet.tsx';
import { TotalSoFar } from '../../../views/pathway/total.tsx';
import { paths } from '../../base/paths.ts';
import { isRefusal, type Refusal } from '../../consultation/entry.ts';
import { leaveOutRepeated } from '../../desk/repeated-forms.ts';
import { makeDocument } from '../../export/document-queue.ts';
import { instrumentSections } from '../../export/instrument-sections.ts';
import { missingIn } from '../../flow/instruments/inputs.ts';
import type { InstrumentSection } from '../../flow/instruments/instrument.ts';
import { readScore, referralsOf } from '../../flow/instruments/score.ts';
import { versionOf } from '../../flow/language/version.ts';
import {
  completeSheet,
  describeState,
  fillSection,
  giveUpSheet,
  readSection,
  startSheet,
} from '../../pathway/filling.ts';
import { completedOf, withAnswers } from '../../pathway/pathway.ts';
import { leadToDone } from '../desk/done.ts';
import { authorOf } from '../desk/load-desk-consultation.ts';
import { allow } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, nowOf, type Services, today } from '../kit/services.ts';
import { contextOf, type LoadedSheet, loadPathway, loadSheet, viewPathway, viewSheet } from './load-pathway.ts';
import { showPathway } from './show-pathway.ts';

/** Noun of the address → what is done with a sheet. */
const SHEET_ACTIONS = { completions: completeSheet, 'givings-up': giveUpSheet };
type SheetNoun = keyof typeof SHEET_ACTIONS;

export function sheets(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const section = paths.pathwaySheetSection(':id', ':sheet', ':section');
  app.post(paths.pathwaySheets(':id'), ...allow('pathway.write', { form: paths.pathway(':id') }), (c) =>
    begin(services, c),
  );
  app.get(paths.pathwaySheet(':id', ':sheet'), ...allow('pathway.see'), async (c) =>
    showSheet(services, c, await viewSheet(services, c)),
  );
  app.get(paths.pathwaySheetFile(':id', ':sheet'), ...allow('pathway.see'), async (c) =>
    sendFile(services, c, await viewSheet(services, c, 'export')),
  );
  app.get(section, ...allow('pathway.write'), async (c) => showSection(services, c, await viewSheet(services, c)));
  app.post(section, ...allow('pathway.write', { form: section }), (c) => saveSection(services, c));
  // Sent while somebody is filling in the form. It saves nothing.
  app.post(
    paths.pathwaySheetTotal(':id', ':sheet', ':section'),
    ...allow('pathway.write', { form: section, background: true }),
    (c) => showTotal(services, c),
  );
  for (const noun of Object.keys(SHEET_ACTIONS) as SheetNoun[])
    app.post(
      paths.pathwaySheetAction(':id', ':sheet', noun),
      ...allow('pathway.write', { form: paths.pathwaySheet(':id', ':sheet') }),
      (c) => endSheet(services, c, noun),
    );
  return app;
}

async function sendFile(services: Services, c: Context<Env>, { found, sheet, instrument }: LoadedSheet) {
  const { consultation, line } = found;
  const { who, at } = sheet.completed ?? {};
  const frame = {
    title: instrument.title,
    reference: line.reference,
    printedAt: services.clock().toISOString(),
    openedAt: consultation.openedAt,
    warnings: [NO_REFERRAL, ...(instrument.namesPeople ? [NAMES_PEOPLE] : [])],
  };
  const sections = instrumentSections({
    instrument,
    answers: sheet.answers,
    state: describeState(sheet),
    reason: sheet.reason,
    ...(who !== undefined && { completedBy: `${who.name}, ${who.role}` }),
    ...(at !== undefined && { completedAt: at }),
  });
  const pdf = await makeDocument({ frame, sections });
  const name = `front-door-${line.reference.replaceAll(' ', '')}-form-${sheet.number}.pdf`;
  return c.body(pdf, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}

const NO_REFERRAL = 'This is a form of the pathway. It is not a referral, and nothing was sent.';
const NAMES_PEOPLE = 'It names people. If action is needed now, ring the police on 101, or 999 in danger.';

async function begin(services: Services, c: Context<Env>) {
  const id = param(c, 'id');
  const form = fieldsOf(await readForm(c));
  const loaded = await loadPathway(services, c);
  const isOfPathway = loaded.rules.instruments.includes(form.instrument ?? '');
  const instrument = isOfPathway ? loaded.instruments.get(form.instrument ?? '') : undefined;
  if (instrument === undefined) {
    const refusal: Refusal = {
      refused: 'invalid',
      message: 'Choose a form of this pathway',
      fields: { instrument: 'Choose a form of this pathway' },
    };
    return showPathway(services, c, await viewPathway(services, c), { noun: 'sheets', form, refusal });
  }
  const version = versionOf(instrument);
  await services.store.versions.keepInstrument(version, instrument);
  const context = { ...contextOf(services, loaded, form), instrument, version, sheet: 0 };
  const decided = await services.store.log.decide(
    id,
    (entries) => leaveOutRepeated(entries, startSheet(entries, context), form.seen),
    authorOf(c),
  );
  if (isRefusal(decided)) {
    if (decided.refused === 'not found') throw new WebProblem('not found');
    return showPathway(services, c, await viewPathway(services, c), { noun: 'sheets', form, refusal: decided });
  }
  const started = decided.entries.findLast(({ what }) => what.kind === 'instrument started');
  const first = paths.pathwaySheetSection(id, started?.number ?? 0, instrument.sections[0]?.id ?? '');
  return leadToDone(c, first, 'sheet-begun');
}

interface FailedSheet {
  noun: string;
  form: Record<string, string>;
  refusal: Refusal;
}

/** The latest completed sheet of the same instrument before this one. */
function beforeOf({ pathway, sheet }: LoadedSheet) {
  const all = completedOf(pathway, sheet.instrument);
  const index = all.indexOf(sheet);
  return index === -1 ? all.at(-1) : all[index - 1];
}

function describeFailed({ noun, form, refusal }: FailedSheet) {
  const whole = { '': refusal.message };
  const errors = noun === 'completions' ? whole : (refusal.fields ?? whole);
  return { form: noun, values: form, errors, conflict: refusal.refused === 'conflict' };
}

function showSheet(services: Services, c: Context<Env>, loaded: LoadedSheet, failed?: FailedSheet) {
  const { found, sheet, instrument, may, entries, pathway } = loaded;
  const before = beforeOf(loaded);
  const score = readScore(instrument, sheet.answers);
  const page = SheetPage({
    page: c.get('page'),
    id: found.line.consultation,
    reference: found.line.reference,
    sheet,
    instrument,
    before,
    score,
    referrals: referralsOf(instrument, sheet.answers),
    missing: missingIn(instrument, sheet.answers),
    seen: entries.length,
    mayWrite: may.write && pathway.state === 'open',
    now: nowOf(services),
    ...(failed !== undefined && { failed: describeFailed(failed) }),
  });
  return c.html(renderPage(page), failed === undefined ? 200 : failed.refusal.refused === 'conflict' ? 409 : 422);
}

function findSection({ instrument }: LoadedSheet, c: Context<Env>): InstrumentSection {
  const section = instrument.sections.find(({ id }) => id === param(c, 'section'));
  if (section === undefined) throw new WebProblem('not found');
  return section;
}

function showSection(services: Services, c: Context<Env>, loaded: LoadedSheet, failed?: FailedSheet) {
  const { found, sheet, instrument, entries, may, pathway } = loaded;
  const id = found.line.consultation;
  if (sheet.state !== 'open' && failed === undefined) return c.redirect(paths.pathwaySheet(id, sheet.number), 303);
  const section = findSection(loaded, c);
  const answers =
    failed === undefined
      ? sheet.answers
      : { ...sheet.answers, ...readSection(section, failed.form, sheet.answers, today(services)) };
  const page = SectionPage({
    page: c.get('page'),
    id,
    reference: found.line.reference,
    sheet,
    instrument,
    section,
    answers,
    before: beforeOf(loaded),
    known: knownOf(loaded),
    score: readScore(instrument, answers),
    referrals: referralsOf(instrument, answers),
    missing: missingIn(instrument, sheet.answers),
    seen: entries.length,
    canSave: may.write && pathway.state === 'open' && sheet.state === 'open',
    errors: failed?.refusal.fields ?? {},
    message: failed?.refusal.message,
  });
  return c.html(renderPage(page), failed === undefined ? 200 : failed.refusal.refused === 'conflict' ? 409 : 422);
}

/** What the consultation already says. Shown beside an empty field, never filled in automatically. */
function knownOf({ found }: LoadedSheet): Record<string, string> {
  const { consultation, line } = found;
  const { name = '', agency = '', contact = '' } = consultation.asker?.asker ?? {};
  return { child: line.child, asker: name, agency, contact, reference: line.reference };
}

async function saveSection(services: Services, c: Context<Env>) {
  const id = param(c, 'id');
  const form = fieldsOf(await readForm(c));
  const loaded = await loadSheet(services, c);
  const { sheet, instrument } = loaded;
  const section = findSection(loaded, c);
  const seen = /^\d{1,9}$/.test(form.seen ?? '') ? Number(form.seen) : 0;
  const context = { ...contextOf(services, loaded, form), instrument, version: sheet.version, sheet: sheet.number };
  const decided = await services.store.log.decide(
    id,
    (entries) => fillSection(entries, context, { section, seen }),
    authorOf(c),
  );
  if (isRefusal(decided)) {
    if (decided.refused === 'not found') throw new WebProblem('not found');
    // The page shows the saved state, with the refused text still in its fields.
    return showSection(services, c, await viewSheet(services, c), { noun: 'section', form, refusal: decided });
  }
  const next = instrument.sections[instrument.sections.indexOf(section) + 1];
  const stays = form.then === 'stay';
  if (stays) return leadToDone(c, paths.pathwaySheetSection(id, sheet.number, section.id), 'sheet-section');
  const isLast = next === undefined || form.then === 'leave';
  const then = isLast ? paths.pathwaySheet(id, sheet.number) : paths.pathwaySheetSection(id, sheet.number, next.id);
  return leadToDone(c, then, 'sheet-section');
}

async function showTotal(services: Services, c: Context<Env>) {
  const form = fieldsOf(await readForm(c));
  const loaded = await loadSheet(services, c);
  const { sheet, instrument } = loaded;
  const section = findSection(loaded, c);
  const answers = withAnswers(sheet.answers, readSection(section, form, sheet.answers, today(services)));
  const score = readScore(instrument, answers);
  return c.html(renderFragment(TotalSoFar({ score, referrals: referralsOf(instrument, answers) })));
}

async function endSheet(services: Services, c: Context<Env>, noun: SheetNoun) {
  const id = param(c, 'id');
  const form = fieldsOf(await readForm(c));
  const loaded = await loadSheet(services, c);
  const { sheet, instrument } = loaded;
  const context = { ...contextOf(services, loaded, form), instrument, version: sheet.version, sheet: sheet.number };
  const decided = await services.store.log.decide(
    id,
    (entries) => leaveOutRepeated(entries, SHEET_ACTIONS[noun](entries, context), form.seen),
    authorOf(c),
  );
  if (!isRefusal(decided)) return leadToDone(c, paths.pathwaySheet(id, sheet.number), 'sheet-ended');
  if (decided.refused === 'not found') throw new WebProblem('not found');
  return showSheet(services, c, await viewSheet(services, c), { noun, form, refusal: decided });
}
