/** The map: middleware in order, then one line for each file of routes. */
import { Hono } from 'hono';
import { consultations } from './web/consultations.ts';
import { errors } from './web/errors.ts';
import { flows } from './web/flows.ts';
import { headers, postsFromHere } from './web/guards.ts';
import { health } from './web/health.ts';
import { pages } from './web/pages.ts';
import type { Env, Parts } from './web/parts.ts';
import { records } from './web/records.ts';
import { results } from './web/results.ts';
import { returning } from './web/returning.ts';
import { session } from './web/session.ts';
import { start } from './web/start.ts';
import { statics } from './web/statics.ts';
import { talk } from './web/talk.ts';

export function createApp(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  errors(app, parts);
  app.use(headers(parts));
  app.route('/', health(parts));
  app.route('/', statics(parts));
  app.use(session(parts));
  app.use(postsFromHere());
  app.route('/', start(parts));
  app.route('/', pages(parts));
  app.route('/', flows(parts));
  app.route('/', consultations(parts));
  app.route('/', results(parts));
  app.route('/', records(parts));
  app.route('/', returning(parts));
  app.route('/', talk(parts));
  return app;
}
