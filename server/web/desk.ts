/** The duty desk: everything that needs signing in and an area. */
import { Hono } from 'hono';
import { deskAudit } from './desk_audit.ts';
import { deskExport } from './desk_export.ts';
import { deskMails } from './desk_mails.ts';
import { deskQuestions } from './desk_questions.ts';
import { deskRecord } from './desk_record.ts';
import { deskRetention } from './desk_retention.ts';
import { deskSearch } from './desk_search.ts';
import { figures } from './figures.ts';
import type { Env, Parts } from './parts.ts';
import { queue } from './queue.ts';
import { worked } from './worked.ts';

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
