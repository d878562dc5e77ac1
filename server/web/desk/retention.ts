/** How long it is kept: the list of what is due, and for each the review and the legal hold. Four lines each: load, decide, append, show. */
import { type Context, Hono } from 'hono';
import { ErasurePage, RetentionPage } from '../../../views/desk/retention.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { dueDay, keptFor, RETENTION_VERBS, type RetentionNoun, readRetention } from '../../desk/retention.ts';
import { look } from '../kit/access-log.ts';
import { allow, personOf } from '../kit/allow.ts';
import { type Env, type Parts, today } from '../kit/app-context.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { deskOf } from '../professional/ask-duty-worker.ts';
import { authorOf, findAtDesk, lookAtDesk } from './load-desk-consultation.ts';
import { aroundArea } from './queue.ts';

const MOST = 200;

export function deskRetention(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.erasure(), ...allow('erasure.review'), (c) => showDue(parts, c));
  app.get(paths.deskRetention(':id'), ...allow('erasure.review'), (c) => show(parts, c, param(c, 'id')));
  for (const noun of Object.keys(RETENTION_VERBS) as RetentionNoun[])
    app.post(
      paths.deskRetentionVerb(':id', noun),
      ...allow('erasure.review', { form: paths.deskRetention(':id') }),
      (c) => take(parts, c, param(c, 'id'), noun),
    );
  return app;
}

async function showDue(parts: Parts, c: Context<Env>) {
  const { area } = personOf(c);
  const desk = deskOf(parts, area);
  const seen = await look(parts, c, async ({ retention }) => {
    const due = await retention.due(area, desk, today(parts), MOST);
    const alone = await retention.neverAsked(area, desk, today(parts), MOST);
    const ids = due.map(({ consultation }) => consultation);
    return { shown: { due, alone: alone.length }, look: { what: 'view', body: { shown: ids } } };
  });
  return c.html(renderPage(ErasurePage({ around: aroundArea(parts, c), desk, ...seen, most: MOST })));
}

async function show(
  parts: Parts,
  c: Context<Env>,
  id: string,
  failed?: { noun: string; values: Record<string, string>; errors: Record<string, string>; conflict: boolean },
) {
  const { line, consultation, desk } = await lookAtDesk(parts, c, id);
  const retention = readRetention(consultation.entries);
  if (retention === undefined) throw new WebProblem('not found');
  const page = RetentionPage({
    around: c.get('around'),
    id,
    reference: line.reference,
    desk,
    retention,
    kept: keptFor(retention.kind, desk),
    due: dueDay(retention, desk),
    today: today(parts),
    ...(failed !== undefined && { failed }),
  });
  return c.html(renderPage(page), failed === undefined ? 200 : failed.conflict ? 409 : 422);
}

async function take(parts: Parts, c: Context<Env>, id: string, noun: RetentionNoun) {
  const values = fieldsOf(await readForm(c));
  const { desk } = await findAtDesk(parts, c, id);
  const context = { desk, today: today(parts) };
  const decided = await parts.store.log.decide(
    id,
    (entries) => RETENTION_VERBS[noun](entries, values, context),
    authorOf(c),
  );
  if (!isRefusal(decided)) return c.redirect(paths.deskRetention(id), 303);
  if (decided.refused === 'not found') throw new WebProblem('not found');
  const errors = decided.fields ?? { '': decided.message };
  return show(parts, c, id, { noun, values, errors, conflict: decided.refused === 'conflict' });
}
