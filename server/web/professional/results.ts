/** What is recommended and why, and the map of the way that was walked. */

import { Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { MapPage } from '../../../views/result/map.tsx';
import { ResultPage } from '../../../views/result/result.tsx';
import { localDay } from '../../base/days.ts';
import { paths } from '../../base/paths.ts';
import { describeResult } from '../../consultation/result.ts';
import { pastTurns } from '../../consultation/transcript.ts';
import { mapOf } from '../../flow/draw/map.ts';
import { findConsultation, param } from '../kit/load-consultation.ts';
import { type Env, type Services, today } from '../kit/services.ts';

export function results(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.result(':id'), async (c) => {
    const { consultation, flow, position, withdrawal } = await findConsultation(services, c, param(c, 'id'));
    const open = withdrawal !== undefined || position.at.kind !== 'end';
    if (open) return c.redirect(paths.consultation(consultation.id), 303);
    const opened = localDay(consultation.openedAt);
    const result = describeResult(flow, position, consultation.answers, opened, today(services));
    const props = { page: c.get('page'), consultation, area: flow.area, result, turns: pastTurns(flow, position) };
    return c.html(renderPage(ResultPage(props)));
  });
  app.get(paths.map(':id'), async (c) => {
    const { consultation, flow, position } = await findConsultation(services, c, param(c, 'id'));
    const { id, reference } = consultation;
    return c.html(renderPage(MapPage({ page: c.get('page'), id, reference, map: mapOf(flow, position) })));
  });
  return app;
}
