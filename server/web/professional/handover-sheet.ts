/**
 * The hand-over sheet: filled in from the consultation, saved while it is typed, taken away, and followed up afterwards.
 */
import { type Context, Hono } from 'hono';
import { HandoverSheetCopyPage } from '../../../views/handover-sheet/copy.tsx';
import {
  HandoverSheetPage,
  type HandoverSheetPageProps,
  HandoverSheetSaved,
} from '../../../views/handover-sheet/handover-sheet.tsx';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import {
  describeHandoverSheetFormat,
  HANDOVER_SHEET_FORMATS,
  type HandoverSheetFormat,
  type HandoverSheetTaking,
} from '../../base/handover-sheet-formats.ts';
import { paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { isRefusal } from '../../consultation/entry.ts';
import {
  changeHandoverSheet,
  fillHandoverSheet,
  type HandoverSheetChange,
  handoverSheetLines,
  type ShownField,
  takeHandoverSheetAway,
} from '../../consultation/handover-sheet.ts';
import { recordHandoverSheetSent } from '../../consultation/handover-sheet-sent.ts';
import { describeToldOf } from '../../desk/told.ts';
import { makeDocument } from '../../export/document-queue.ts';
import {
  HANDOVER_SHEET_TITLE,
  type HandoverSheetDocument,
  handoverSheetSections,
  handoverSheetToText,
  handoverSheetWarnings,
} from '../../export/handover-sheet.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { isFromHtmx } from '../kit/htmx.ts';
import { checkHolds, type Found, findConsultation, param, replay } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { resultOf } from '../kit/record-files.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';

export function handoverSheets(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.handoverSheet(':id'), async (c) => {
    const found = await findFinished(services, c);
    return found === undefined ? leadBack(c) : showHandoverSheet(services, c, found);
  });
  app.post(paths.handoverSheet(':id'), (c) => save(services, c));
  for (const format of HANDOVER_SHEET_FORMATS)
    app.get(paths.handoverSheetFile(':id', format), async (c) => {
      const taken = await takeAway(services, c, format);
      return taken === undefined ? leadBack(c) : sendFile(services, c, taken, format);
    });
  app.get(paths.handoverSheetCopy(':id'), async (c) => {
    const taken = await takeAway(services, c, 'copy');
    if (taken === undefined) return leadBack(c);
    const { id, reference } = taken.found.consultation;
    const lines = handoverSheetLines(taken.shown);
    return c.html(renderPage(HandoverSheetCopyPage({ page: c.get('page'), id, reference, lines })));
  });
  // Sent by the page's script when the browser prints.
  app.post(paths.handoverSheetPrints(':id'), async (c) => {
    await readForm(c);
    await takeAway(services, c, 'print');
    return c.body(null, 204);
  });
  app.post(paths.handoverSheetSendings(':id'), (c) => recordSent(services, c));
  return app;
}

/** A consultation with a result; undefined while a question is open, or its guidance was withdrawn. */
type Finished = Found & { result: NonNullable<ReturnType<typeof resultOf>> };

async function findFinished(services: Services, c: Context<Env>): Promise<Finished | undefined> {
  return finish(services, await findConsultation(services, c, param(c, 'id')));
}

function finish(services: Services, found: Found): Finished | undefined {
  const result = found.withdrawal === undefined ? resultOf(services, found) : undefined;
  return result === undefined ? undefined : { ...found, result };
}

/** Redirects to the open question. What was typed into the hand-over sheet is kept. */
function leadBack(c: Context<Env>) {
  return c.redirect(paths.consultation(param(c, 'id')), 303);
}

function handoverSheetOf({ library }: Services, { consultation }: Found) {
  const handoverSheet = library.areas.get(consultation.area)?.handoverSheet;
  if (handoverSheet === undefined) throw new WebProblem('not found');
  return handoverSheet;
}

async function fieldsOfHandoverSheet(services: Services, found: Finished): Promise<ShownField[]> {
  const kept = await services.store.handoverSheets.read(found.consultation.id);
  return fillHandoverSheet(handoverSheetOf(services, found), found, kept);
}

async function showHandoverSheet(
  services: Services,
  c: Context<Env>,
  found: Finished,
  more: Pick<HandoverSheetPageProps, 'typed' | 'change' | 'failed'> & { status?: 409 | 422 } = {},
) {
  const { status, ...rest } = more;
  const { consultation, flow } = found;
  const page = HandoverSheetPage({
    page: c.get('page'),
    consultation,
    area: flow.area,
    fields: await fieldsOfHandoverSheet(services, found),
    writer: services.random(9).toString('base64url'),
    saved: c.req.query('saved') === 'yes',
    ...rest,
  });
  return c.html(renderPage(page), status ?? 200);
}

/** A field that is invalid, or was changed elsewhere as well, does not stop the others from being saved. */
async function save(services: Services, c: Context<Env>) {
  const id = param(c, 'id');
  await checkHolds(services, c, id);
  const typed = fieldsOf(await readForm(c));
  const found = await findFinished(services, c);
  if (found === undefined) return leadBack(c);
  const handoverSheet = handoverSheetOf(services, found);
  const change = await services.store.handoverSheets.change(id, (kept) => {
    const decided = changeHandoverSheet(fillHandoverSheet(handoverSheet, found, kept), typed);
    return { write: decided.write, saw: decided };
  });
  const isWhole = Object.keys(change.wrong).length + Object.keys(change.clashes).length === 0;
  if (isFromHtmx(c)) return sendSaved(services, c, found, change);
  if (!isWhole)
    return showHandoverSheet(services, c, found, {
      typed,
      change,
      status: Object.keys(change.clashes).length > 0 ? 409 : 422,
    });
  return c.redirect(`${paths.handoverSheet(id)}?saved=yes#saved`, 303);
}

async function sendSaved(services: Services, c: Context<Env>, found: Finished, change: HandoverSheetChange) {
  const fields = await fieldsOfHandoverSheet(services, found);
  return c.html(renderFragment(HandoverSheetSaved({ at: services.clock().toISOString(), fields, change })));
}

interface Taken {
  found: Finished;
  shown: ShownField[];
}

/** Logs the hand-over sheet exactly as it is taken away. */
async function takeAway(services: Services, c: Context<Env>, as: HandoverSheetTaking): Promise<Taken | undefined> {
  const before = await findFinished(services, c);
  if (before === undefined) return undefined;
  const shown = await fieldsOfHandoverSheet(services, before);
  const lines = handoverSheetLines(shown);
  const { at } = nowOf(services);
  const decided = await services.store.log.decide(
    before.consultation.id,
    (entries) => takeHandoverSheetAway(entries, { as, lines, now: at }),
    'professional',
  );
  if (isRefusal(decided)) throw new WebProblem('not found');
  const found = finish(services, await replay(services, readConsultation(before.consultation.id, decided.entries)));
  return found && { found, shown };
}

async function sendFile(services: Services, c: Context<Env>, { found, shown }: Taken, format: HandoverSheetFormat) {
  const { consultation, flow } = found;
  const document: HandoverSheetDocument = {
    reference: consultation.reference,
    areaName: flow.area.name,
    openedAt: consultation.openedAt,
    printedAt: services.clock().toISOString(),
    told: describeToldOf(consultation),
    lines: shown.map(({ field: { part, label }, value }) => ({ part, label, words: value })),
  };
  const name = `front-door-sheet-not-sent-${consultation.reference.replaceAll(' ', '')}.${format}`;
  return c.body(await writeFile(document, format), 200, {
    'Content-Type': describeHandoverSheetFormat(format).contentType,
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}

async function writeFile(
  document: HandoverSheetDocument,
  format: HandoverSheetFormat,
): Promise<string | Uint8Array<ArrayBuffer>> {
  if (format === 'txt') return handoverSheetToText(document);
  if (format === 'docx') return makeDocument({ handoverSheetForWord: document });
  const { reference, openedAt, printedAt } = document;
  const frame = {
    title: HANDOVER_SHEET_TITLE,
    reference,
    openedAt,
    printedAt,
    warnings: handoverSheetWarnings(document),
  };
  return makeDocument({ frame, sections: handoverSheetSections(document) });
}

async function recordSent(services: Services, c: Context<Env>) {
  const id = param(c, 'id');
  await checkHolds(services, c, id);
  const values = fieldsOf(await readForm(c));
  const decided = await services.store.log.decide(
    id,
    (entries) => recordHandoverSheetSent(entries, values, nowOf(services)),
    'professional',
  );
  if (!isRefusal(decided)) return c.redirect(`${paths.handoverSheet(id)}#sent`, 303);
  const found = await findFinished(services, c);
  if (found === undefined) return leadBack(c);
  const errors = decided.fields ?? { sent: decided.message };
  return showHandoverSheet(services, c, found, {
    failed: { values, errors },
    status: decided.refused === 'conflict' ? 409 : 422,
  });
}
