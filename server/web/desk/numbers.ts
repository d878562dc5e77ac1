/** Telephone numbers that readers have reported as wrong: the list for the safeguarding lead, and settling a report. */
import { type Context, Hono } from 'hono';
import { SETTLED, WrongNumbersPage } from '../../../views/desk/numbers.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { NATIONAL } from '../../flow/national.ts';
import type { NumberReport } from '../../store/number-reports.ts';
import { allow, mayDo, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import type { Env, Services } from '../kit/services.ts';
import { leadToDone } from './done.ts';
import { pageOfArea } from './queue.ts';

export function deskNumbers(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskNumbers(), ...allow('numbers.see'), async (c) => {
    const open = await services.store.numberReports.openOf(areasOf(c));
    const maySettle = mayDo(c, 'numbers.settle', { area: personOf(c).area });
    const reports = open.map((report) => ({ ...report, name: nameOf(services, report) }));
    return c.html(renderPage(WrongNumbersPage({ page: pageOfArea(services, c), reports, maySettle })));
  });
  app.post(paths.deskNumbers(), ...allow('numbers.settle', { form: paths.deskNumbers() }), async (c) => {
    const form = fieldsOf(await readForm(c));
    const outcome = SETTLED.find(({ id }) => id === form.outcome)?.id;
    const by = { id: personOf(c).id, outcome: outcome ?? '' };
    // If somebody else settled it in the meantime, it is no longer in the list that is shown next.
    if (outcome !== undefined) await services.store.numberReports.settle(Number(form.number) || 0, areasOf(c), by);
    return leadToDone(c, paths.deskNumbers(), 'numbers');
  });
  return app;
}

/** A report about a national contact is shown in every area. */
function areasOf(c: Context<Env>): string[] {
  return [personOf(c).area, NATIONAL];
}

function nameOf({ library }: Services, { area, contact }: NumberReport): string {
  const flows = [...(library.areas.get(area)?.flows.values() ?? [])];
  return flows.map((flow) => flow.contacts[contact]?.name).find((name) => name !== undefined) ?? contact;
}
