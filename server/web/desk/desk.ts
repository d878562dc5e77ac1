/** The duty desk: everything that needs signing in and an area. */
import { Hono } from 'hono';
import { paths } from '../../base/paths.ts';
import type { Env, Services } from '../kit/services.ts';
import { deskAccessLog } from './access-log.ts';
import { sayDone } from './done.ts';
import { deskExport } from './export.ts';
import { figures } from './figures.ts';
import { deskMails } from './mails.ts';
import { deskNumbers } from './numbers.ts';
import { deskQuestions } from './questions.ts';
import { queue } from './queue.ts';
import { deskRecord } from './record.ts';
import { deskRetention } from './retention.ts';
import { deskSearch } from './search.ts';
import { deskHandover } from './shift-handover.ts';
import { whatWorked } from './what-worked.ts';

export function desk(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.use(paths.desk(), sayDone());
  app.use(`${paths.desk()}/*`, sayDone());
  app.route('/', queue(services));
  app.route('/', deskHandover(services));
  app.route('/', deskSearch(services));
  app.route('/', deskRecord(services));
  app.route('/', deskAccessLog(services));
  app.route('/', deskRetention(services));
  app.route('/', deskQuestions(services));
  app.route('/', deskExport(services));
  app.route('/', deskMails(services));
  app.route('/', deskNumbers(services));
  app.route('/', figures(services));
  app.route('/', whatWorked(services));
  return app;
}
