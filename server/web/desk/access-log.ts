/** Downloads and prints of a consultation at the desk, and its access log. Each of them is logged as an access. */
import { Hono } from 'hono';
import { AccessLogPage } from '../../../views/desk/access-log.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { RECORD_FORMATS } from '../../base/record-formats.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, personOf } from '../kit/allow.ts';
import { readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { recordOf, sendRecord } from '../kit/record-files.ts';
import type { Env, Services } from '../kit/services.ts';
import { checkRowReach, viewDeskConsultation } from './load-desk-consultation.ts';

const MOST = 500;

export function deskAccessLog(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  for (const format of RECORD_FORMATS)
    app.get(paths.deskDownload(':id', format), ...allow('record.export'), async (c) => {
      const id = param(c, 'id');
      const record = await recordOf(services, await viewDeskConsultation(services, c, id, { what: 'export' }));
      const { id: person, name, role } = personOf(c);
      return sendRecord(services, c, { id, record, format, who: { id: person, name, role } });
    });
  // Sent by the page's script when the browser prints.
  app.post(paths.deskPrints(':id'), ...allow('consultation.see', { background: true }), async (c) => {
    await readForm(c);
    await viewDeskConsultation(services, c, param(c, 'id'), { what: 'print' });
    return c.body(null, 204);
  });
  app.get(paths.deskAccessLog(':id'), ...allow('audit.see'), async (c) => {
    const id = param(c, 'id');
    const seen = await readAndLog(services, c, async ({ desk, accessLog }) => {
      const line = await desk.find(id);
      checkRowReach(c, line);
      const shown = { reference: line.reference, accesses: await accessLog.at(id, MOST + 1) };
      return { shown, access: { what: 'view', consultation: id, body: {} } };
    });
    const more = seen.accesses.length > MOST;
    return c.html(
      renderPage(AccessLogPage({ page: c.get('page'), id, ...seen, accesses: seen.accesses.slice(0, MOST), more })),
    );
  });
  return app;
}
