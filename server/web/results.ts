/** What is recommended and why, and the map of the way that was walked. */
import { Hono } from 'hono';
import { MapPage } from '../../views/map.tsx';
import { renderPage } from '../../views/render.ts';
import { ResultPage } from '../../views/result.tsx';
import { describeResult } from '../consultation/result.ts';
import { pastTurns } from '../consultation/transcript.ts';
import { mapOf } from '../flow/map.ts';
import { paths } from '../paths.ts';
import { findConsultation, param } from './found.ts';
import { type Env, localDay, type Parts, today } from './parts.ts';

export function results(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.result(':id'), async (c) => {
    const { consultation, flow, position, withdrawal } = await findConsultation(parts, c, param(c, 'id'));
    const open = withdrawal !== undefined || position.at.kind !== 'end';
    if (open) return c.redirect(paths.consultation(consultation.id), 303);
    const opened = localDay(new Date(consultation.openedAt));
    const result = describeResult(flow, position, consultation.answers, opened, today(parts));
    const props = { around: c.get('around'), consultation, area: flow.area, result, turns: pastTurns(flow, position) };
    return c.html(renderPage(ResultPage(props)));
  });
  app.get(paths.map(':id'), async (c) => {
    const { consultation, flow, position } = await findConsultation(parts, c, param(c, 'id'));
    const { id, reference } = consultation;
    return c.html(renderPage(MapPage({ around: c.get('around'), id, reference, map: mapOf(flow, position) })));
  });
  return app;
}
