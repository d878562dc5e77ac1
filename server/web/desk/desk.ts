/** The duty desk: everything that needs signing in and an area. */
import { Hono } from 'hono';
import type { Env, Parts } from '../kit/app-context.ts';
import { deskAudit } from './access-log.ts';
import { deskExport } from './export.ts';
import { figures } from './figures.ts';
import { deskMails } from './mails.ts';
import { deskQuestions } from './questions.ts';
import { queue } from './queue.ts';
import { deskRecord } from './record.ts';
import { deskRetention } from './retention.ts';
import { deskSearch } from './search.ts';
import { worked } from './what-worked.ts';

export function desk(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/', queue(parts));
  app.route('/', deskSearch(parts));
  app.route('/', deskRecord(parts));
  app.route('/', deskAudit(parts));
  app.route('/', deskRetention(parts));
  app.route('/', deskQuestions(parts));
  app.route('/', deskExport(parts));
  app.route('/', deskMails(parts));
  app.route('/', figures(parts));
  app.route('/', worked(parts));
  return app;
}
