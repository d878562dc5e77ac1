/** Retention: the consultations that are due for erasure, with the review and the legal holds of each. */
import { type Context, Hono } from 'hono';
import type { FailedDeskForm } from '../../../views/desk/desk-form.tsx';
import { ErasurePage, RetentionPage } from '../../../views/desk/retention.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { dueDay, keptFor, RETENTION_ACTIONS, type RetentionNoun, readRetention } from '../../desk/retention.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, mayDo, personOf, targetOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { deskOf, type Env, type Services, today } from '../kit/services.ts';
import { leadToDone } from './done.ts';
import { authorOf, loadDeskConsultation, viewDeskConsultation } from './load-desk-consultation.ts';
import { pageOfArea } from './queue.ts';

const MOST = 200;

export function deskRetention(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.erasure(), ...allow('erasure.see'), (c) => showDue(services, c));
  app.get(paths.deskRetention(':id'), ...allow('erasure.see'), (c) => showRetention(services, c, param(c, 'id')));
  for (const noun of Object.keys(RETENTION_ACTIONS) as RetentionNoun[])
    app.post(
      paths.deskRetentionAction(':id', noun),
      ...allow('erasure.review', { form: paths.deskRetention(':id') }),
      (c) => submitReview(services, c, param(c, 'id'), noun),
    );
  return app;
}

async function showDue(services: Services, c: Context<Env>) {
  const { area } = personOf(c);
  const desk = deskOf(services, area);
  const seen = await readAndLog(services, c, async ({ retention }) => {
    const due = await retention.due(area, desk, today(services), MOST);
    const alone = await retention.neverAsked(area, desk, today(services), MOST);
    const ids = due.map(({ consultation }) => consultation);
    return { shown: { due, alone: alone.length }, access: { what: 'view', body: { shown: ids } } };
  });
  return c.html(renderPage(ErasurePage({ page: pageOfArea(services, c), desk, ...seen, most: MOST })));
}

async function showRetention(services: Services, c: Context<Env>, id: string, failed?: FailedDeskForm) {
  const { line, consultation, desk } = await viewDeskConsultation(services, c, id);
  const retention = readRetention(consultation.entries);
  if (retention === undefined) throw new WebProblem('not found');
  const page = RetentionPage({
    page: c.get('page'),
    id,
    reference: line.reference,
    desk,
    retention,
    kept: keptFor(retention.kind, desk),
    due: dueDay(retention, desk),
    today: today(services),
    mayReview: mayDo(c, 'erasure.review', targetOf(line)),
    ...(failed !== undefined && { failed }),
  });
  return c.html(renderPage(page), failed === undefined ? 200 : failed.conflict ? 409 : 422);
}

async function submitReview(services: Services, c: Context<Env>, id: string, noun: RetentionNoun) {
  const values = fieldsOf(await readForm(c));
  const { desk } = await loadDeskConsultation(services, c, id);
  const context = { desk, today: today(services) };
  const decided = await services.store.log.decide(
    id,
    (entries) => RETENTION_ACTIONS[noun](entries, values, context),
    authorOf(c),
  );
  if (!isRefusal(decided)) return leadToDone(c, paths.deskRetention(id), decided.added.length === 0 ? 'nothing' : noun);
  if (decided.refused === 'not found') throw new WebProblem('not found');
  const errors = decided.fields ?? { '': decided.message };
  return showRetention(services, c, id, { form: noun, values, errors, conflict: decided.refused === 'conflict' });
}
