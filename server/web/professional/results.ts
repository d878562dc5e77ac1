/**
 * The result: what is recommended and why, the next hours, what to say on the telephone, and the path that the answers
 * took through the guidance.
 */

import { type Context, Hono } from 'hono';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { BehindFragment } from '../../../views/result/behind.tsx';
import { CallPage } from '../../../views/result/call.tsx';
import { MapPage } from '../../../views/result/map.tsx';
import type { NextHoursShown } from '../../../views/result/next-hours.tsx';
import { ResultPage } from '../../../views/result/result.tsx';
import { localClock } from '../../base/days.ts';
import { paths } from '../../base/paths.ts';
import { writeCallScript } from '../../consultation/call-script.ts';
import { isRefusal } from '../../consultation/entry.ts';
import {
  adviseMeanwhile,
  isAsked,
  knownHours,
  mattersSoon,
  numbersInTurn,
  recordNextHours,
} from '../../consultation/next-hours.ts';
import type { Result } from '../../consultation/result.ts';
import { type WordsToSay, wordsToSay } from '../../consultation/script-lines.ts';
import { pastTurns } from '../../consultation/transcript.ts';
import { mapOf } from '../../flow/draw/map.ts';
import type { NextHours } from '../../flow/next-hours.ts';
import { readForm } from '../kit/form.ts';
import { isForPart } from '../kit/guards.ts';
import { checkHolds, type Found, findConsultation, param } from '../kit/load-consultation.ts';
import { resultOf } from '../kit/record-files.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';

export function results(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.result(':id'), async (c) =>
    showResult(services, c, await findConsultation(services, c, param(c, 'id'))),
  );
  app.get(paths.wholeResult(':id'), async (c) => {
    const found = await findConsultation(services, c, param(c, 'id'));
    return isForPart(c) ? showBehind(services, c, found) : showResult(services, c, found, { whole: true });
  });
  app.post(paths.nextHours(':id'), (c) => takeNextHours(services, c));
  app.get(paths.call(':id'), async (c) => showCall(services, c, await findConsultation(services, c, param(c, 'id'))));
  app.get(paths.map(':id'), async (c) => {
    const { consultation, flow, position } = await findConsultation(services, c, param(c, 'id'));
    const { id, reference } = consultation;
    return c.html(renderPage(MapPage({ page: c.get('page'), id, reference, map: mapOf(flow, position) })));
  });
  return app;
}

type Failed = NonNullable<NextHoursShown['failed']> & { status: 409 | 422 };

function wordsOf({ library }: Services, found: Found): { words?: WordsToSay } {
  const script = library.areas.get(found.consultation.area)?.script;
  return script === undefined ? {} : { words: wordsToSay(script, found) };
}

/** What the result is based on, for a page that already shows the result. */
function showBehind(services: Services, c: Context<Env>, found: Found) {
  const { consultation, flow, position } = found;
  const result = found.withdrawal === undefined ? resultOf(services, found) : undefined;
  if (result === undefined) return c.redirect(paths.consultation(consultation.id), 303);
  const { id } = consultation;
  const props = { id, area: flow.area, result, turns: pastTurns(flow, position), ...wordsOf(services, found) };
  return c.html(renderFragment(BehindFragment(props)));
}

/** Redirects to the open question if there is no result yet. */
function showCall(services: Services, c: Context<Env>, found: Found) {
  const { consultation, flow } = found;
  const result = found.withdrawal === undefined ? resultOf(services, found) : undefined;
  if (result === undefined) return c.redirect(paths.consultation(consultation.id), 303);
  const page = CallPage({
    page: c.get('page'),
    consultation,
    area: flow.area,
    result,
    script: writeCallScript({ ...found, result }),
    ...wordsOf(services, found),
  });
  return c.html(renderPage(page));
}

/** Undefined if the next hours need no plan. */
function nextHoursOf(services: Services, found: Found, result: Result) {
  const { consultation, flow } = found;
  const content = services.library.areas.get(consultation.area)?.nextHours;
  if (content === undefined || !mattersSoon(result, flow.area)) return undefined;
  const { at, today } = nowOf(services);
  const moment = { ...localClock(at), isHoliday: flow.holidays.includes(today) };
  return { ...describeHours(content, found), numbers: numbersInTurn(result, moment) };
}

/** Redirects to the open question if there is no result yet. */
function showResult(
  services: Services,
  c: Context<Env>,
  found: Found,
  { failed, whole }: { failed?: Failed; whole?: boolean } = {},
) {
  const { consultation, flow, position } = found;
  const result = found.withdrawal === undefined ? resultOf(services, found) : undefined;
  if (result === undefined) return c.redirect(paths.consultation(consultation.id), 303);
  const nextHours = nextHoursOf(services, found, result);
  const page = ResultPage({
    page: c.get('page'),
    consultation,
    area: flow.area,
    result,
    turns: pastTurns(flow, position),
    ...(nextHours !== undefined && { nextHours: { ...nextHours, ...(failed !== undefined && { failed }) } }),
    ...wordsOf(services, found),
    ...(whole !== undefined && { whole }),
  });
  return c.html(renderPage(page), failed?.status ?? 200);
}

/** What was said about the next hours, beside the result or in the interview, and what to do until then. */
function describeHours(content: NextHours, found: Found): Omit<NextHoursShown, 'numbers' | 'failed'> {
  const heard = { chosen: knownHours(content, found), note: '' };
  const said = found.consultation.nextHours ?? (heard.chosen.length === 0 ? undefined : heard);
  return {
    content,
    asked: isAsked(content, found),
    ...(said !== undefined && { said }),
    untilThen: adviseMeanwhile(content, said?.chosen ?? [], found),
  };
}

async function takeNextHours(services: Services, c: Context<Env>) {
  const id = param(c, 'id');
  await checkHolds(services, c, id);
  const form = await readForm(c);
  const found = await findConsultation(services, c, id);
  const content = services.library.areas.get(found.consultation.area)?.nextHours;
  const sent = { chosen: form.getAll('chosen'), note: form.get('note') ?? '', seen: form.get('seen') ?? '' };
  if (content === undefined || !isAsked(content, found)) return c.redirect(paths.result(id), 303);
  const decided = await services.store.log.decide(
    id,
    (entries) => recordNextHours(entries, sent, content),
    'professional',
  );
  if (!isRefusal(decided)) return c.redirect(`${paths.result(id)}#next-hours`, 303);
  const errors = decided.fields ?? { chosen: decided.message };
  const failed = { ...sent, errors, status: decided.refused === 'conflict' ? 409 : 422 } as const;
  return showResult(services, c, await findConsultation(services, c, id), { failed });
}
