/** Exports: one record to copy, or many as CSV. Each needs its own permission and is logged. */
import { setImmediate } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { CopyPage } from '../../../views/desk/copy.tsx';
import { DeskExportPage } from '../../../views/desk/export.tsx';
import { HandOffPage } from '../../../views/desk/printed-form.tsx';
import type { Failed } from '../../../views/kit/failed-form.ts';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import { caseSystemFields, copyAll } from '../../export/case-system-fields.ts';
import { manyHead, manyRow } from '../../export/consultations-csv.ts';
import { CSV_START, toCsvLine } from '../../export/csv.ts';
import type { DeskField } from '../../flow/desk.ts';
import type { HandOff } from '../../flow/instruments/instrument.ts';
import type { SearchCriteria } from '../../store/search-criteria.ts';
import { allow, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { recordOf } from '../kit/record-files.ts';
import { deskOf, type Env, nowOf, type Services, today } from '../kit/services.ts';
import { viewDeskConsultation } from './load-desk-consultation.ts';
import { pageOfArea } from './queue.ts';
import { readCriteria } from './search.ts';

export function deskExport(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskCopy(':id'), ...allow('record.export'), async (c) => {
    const found = await viewDeskConsultation(services, c, param(c, 'id'), { what: 'export' });
    const fields = caseSystemFields(await recordOf(services, found));
    const { consultation: id, reference, area } = found.line;
    const shown = { id, reference, fields, all: copyAll(fields), handOffs: handOffsOf(services, area) };
    return c.html(renderPage(CopyPage({ page: c.get('page'), ...shown })));
  });
  app.get(paths.deskHandOff(':id', ':form'), ...allow('record.export'), async (c) => {
    const found = await viewDeskConsultation(services, c, param(c, 'id'), { what: 'export' });
    const { consultation: id, reference, area } = found.line;
    const handOff = handOffsOf(services, area).find((form) => form.id === param(c, 'form'));
    if (handOff === undefined) throw new WebProblem('not found');
    const fields = caseSystemFields(await recordOf(services, found));
    const printedAt = nowOf(services).at;
    return c.html(renderPage(HandOffPage({ page: c.get('page'), id, reference, handOff, fields, printedAt })));
  });
  app.get(paths.deskExport(), ...allow('records.export'), (c) => showExport(services, c));
  app.post(paths.deskExport(), ...allow('records.export', { form: paths.deskExport(), fresh: true }), (c) =>
    sendMany(services, c),
  );
  return app;
}

function handOffsOf({ library }: Services, area: string): readonly HandOff[] {
  return library.areas.get(area)?.handOffs ?? [];
}

function showExport(services: Services, c: Context<Env>, failed?: Failed) {
  const { outcomes } = deskOf(services, personOf(c).area);
  const page = DeskExportPage({ page: pageOfArea(services, c), outcomes, ...(failed !== undefined && { failed }) });
  return c.html(renderPage(page), failed === undefined ? 200 : 422);
}

/** Without dates and without an outcome, every consultation of the area is exported. */
async function sendMany(services: Services, c: Context<Env>) {
  const values = fieldsOf(await readForm(c));
  const { from = '', to = '', outcome = '' } = values;
  const { criteria, errors } = readCriteria({ from, to, outcome }, today(services));
  const { words: _empty, ...wrong } = errors;
  if (Object.keys(wrong).length > 0) return showExport(services, c, { values, errors: wrong });
  return c.body(streamMany(services, c, criteria), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="front-door-consultations-${today(services)}.csv"`,
  });
}

/**
 * Streams page by page, on demand, so that other requests are served in between and memory stays small. Each page is logged before it is
 * sent.
 */
function streamMany(services: Services, c: Context<Env>, criteria: SearchCriteria): ReadableStream<Uint8Array> {
  const { area } = personOf(c);
  const record = c.get('record');
  const page = c.req.path;
  const { fields } = deskOf(services, area);
  const encoder = new TextEncoder();
  const pages = services.store.queueRows.list(area, criteria);
  return new ReadableStream({
    start: (stream) => stream.enqueue(encoder.encode(CSV_START + toCsvLine(manyHead(fields)))),
    async pull(stream) {
      await setImmediate();
      const { value: lines, done } = await pages.next();
      if (done) return stream.close();
      await record({ what: 'export', body: { page, shown: lines.map(({ consultation }) => consultation) } });
      const rows = await Promise.all(lines.map((line) => rowOf(services, line, fields)));
      stream.enqueue(encoder.encode(rows.join('')));
    },
    cancel: async () => void (await pages.return(undefined)),
  });
}

async function rowOf(services: Services, line: QueueRow, fields: readonly DeskField[]): Promise<string> {
  const entries = (await services.store.log.read(line.consultation)) ?? [];
  const work = readDeskCase(entries);
  if (work === undefined) return '';
  return toCsvLine(manyRow(line, work, readConsultation(line.consultation, entries), fields));
}
