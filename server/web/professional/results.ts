/** What is recommended and why, what to say when one rings, and the path that the answers took through the guidance. */

import { Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { CallPage } from '../../../views/result/call.tsx';
import { MapPage } from '../../../views/result/map.tsx';
import { ResultPage } from '../../../views/result/result.tsx';
import { paths } from '../../base/paths.ts';
import { writeCallScript } from '../../consultation/call-script.ts';
import { pastTurns } from '../../consultation/transcript.ts';
import { mapOf } from '../../flow/draw/map.ts';
import { findConsultation, param } from '../kit/load-consultation.ts';
import { resultOf } from '../kit/record-files.ts';
import type { Env, Services } from '../kit/services.ts';

export function results(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.result(':id'), async (c) => {
    const found = await findConsultation(services, c, param(c, 'id'));
    const { consultation, flow, position } = found;
    const result = found.withdrawal === undefined ? resultOf(services, found) : undefined;
    if (result === undefined) return c.redirect(paths.consultation(consultation.id), 303);
    const props = { page: c.get('page'), consultation, area: flow.area, result, turns: pastTurns(flow, position) };
    return c.html(renderPage(ResultPage(props)));
  });
  app.get(paths.call(':id'), async (c) => {
    const found = await findConsultation(services, c, param(c, 'id'));
    const { consultation, flow } = found;
    const result = found.withdrawal === undefined ? resultOf(services, found) : undefined;
    if (result === undefined) return c.redirect(paths.consultation(consultation.id), 303);
    const script = writeCallScript({ ...found, result });
    return c.html(renderPage(CallPage({ page: c.get('page'), consultation, area: flow.area, result, script })));
  });
  app.get(paths.map(':id'), async (c) => {
    const { consultation, flow, position } = await findConsultation(services, c, param(c, 'id'));
    const { id, reference } = consultation;
    return c.html(renderPage(MapPage({ page: c.get('page'), id, reference, map: mapOf(flow, position) })));
  });
  return app;
}
