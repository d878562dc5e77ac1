/** The professional's side: ask the duty worker, see what became of it, dispute an outcome, bring something new. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { HandoverPage, type HandoverPageProps } from '../../../views/professional/ask-duty-worker.tsx';
import { paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { type Entry, isRefusal, type Refusal } from '../../consultation/entry.ts';
import { disputeOutcome } from '../../desk/aftercare.ts';
import { askDutyWorker } from '../../desk/claiming.ts';
import { readHandover } from '../../desk/desk-case.ts';
import { draftDispute } from '../../desk/dispute-message.ts';
import type { Desk } from '../../flow/desk.ts';
import type { Flow } from '../../flow/flow.ts';
import { walk } from '../../flow/walk/walk.ts';
import { type Env, type Parts, today } from '../kit/app-context.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { checkHolds, type Found, findConsultation, param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';

export function handover(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.handover(':id'), async (c) => show(parts, c, await findConsultation(parts, c, param(c, 'id'))));
  app.post(paths.handovers(':id'), (c) =>
    take(parts, c, 'ask', (entries, form, { flow, desk }) => {
      const urgent = isUrgent(flow, entries);
      return askDutyWorker(entries, form, { desk, now: nowOf(parts), urgent });
    }),
  );
  app.post(paths.disputes(':id'), (c) =>
    take(parts, c, 'dispute', (entries, form, { desk }) => disputeOutcome(entries, form, desk, nowOf(parts))),
  );
  return app;
}

type Failed = NonNullable<HandoverPageProps['failed']>;
type Decide = (
  entries: readonly Entry[],
  form: Record<string, string>,
  context: { flow: Flow; desk: Desk },
) => ReturnType<typeof disputeOutcome>;

export function nowOf(parts: Parts) {
  return { at: parts.clock().toISOString(), today: today(parts) };
}

/** As it stands so far: the end that was reached, or what an answer has set on the way. */
function isUrgent(flow: Flow, entries: readonly Entry[]): boolean {
  const { at, standing } = walk(flow, readConsultation('', entries).answers);
  return standing.police === 'call 999' || (at.kind === 'end' && at.end.within === 'at once');
}

export function deskOf(parts: Parts, area: string): Desk {
  const desk = parts.library.areas.get(area)?.desk;
  if (desk === undefined) throw new WebProblem('not found');
  return desk;
}

async function take(parts: Parts, c: Context<Env>, form: Failed['form'], decide: Decide) {
  const id = param(c, 'id');
  await checkHolds(parts, c, id);
  const values = fieldsOf(await readForm(c));
  const found = await findConsultation(parts, c, id);
  const context = { flow: found.flow, desk: deskOf(parts, found.consultation.area) };
  const decided = await parts.store.log.decide(id, (entries) => decide(entries, values, context), 'professional');
  if (!isRefusal(decided)) return c.redirect(paths.handover(id), 303);
  return show(parts, c, await findConsultation(parts, c, id), { form, values, refusal: decided });
}

function show(
  parts: Parts,
  c: Context<Env>,
  { consultation, flow, position }: Found,
  refused?: { form: Failed['form']; values: Record<string, string>; refusal: Refusal },
) {
  const desk = deskOf(parts, consultation.area);
  const asked = readHandover(consultation.entries);
  const page = HandoverPage({
    around: c.get('around'),
    consultation,
    desk,
    area: flow.area,
    finished: position.at.kind === 'end',
    ...(asked !== undefined && {
      handover: asked,
      draft: draftDispute(desk, consultation.reference, asked, nowOf(parts)),
    }),
    ...(refused !== undefined && {
      failed: {
        form: refused.form,
        values: refused.values,
        errors: refused.refusal.fields ?? { '': refused.refusal.message },
      },
    }),
  });
  const status = refused === undefined ? 200 : refused.refusal.refused === 'conflict' ? 409 : 422;
  return c.html(renderPage(page), status);
}
