/** For the professional: asking the duty worker, seeing the answer, disputing an outcome, adding new information. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { AskDutyWorkerPage, type AskDutyWorkerPageProps } from '../../../views/professional/ask-duty-worker.tsx';
import { paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { type Entry, isRefusal, type Refusal } from '../../consultation/entry.ts';
import { disputeOutcome } from '../../desk/aftercare.ts';
import { askDutyWorker } from '../../desk/claiming.ts';
import { dangerFields, withDangerAgain } from '../../desk/danger-again.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import { draftDispute } from '../../desk/message-templates.ts';
import { paceOf } from '../../desk/pace.ts';
import { leaveOutRepeated } from '../../desk/repeated-forms.ts';
import { isUrgent } from '../../desk/urgency.ts';
import type { Desk } from '../../flow/desk.ts';
import type { Flow } from '../../flow/flow.ts';
import { walk } from '../../flow/walk/walk.ts';
import type { Decided } from '../../store/log.ts';
import { absentOf } from '../kit/absent.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { checkHolds, type Found, findConsultation, param } from '../kit/load-consultation.ts';
import { type NetworkLimits, TOO_FAST } from '../kit/network-limits.ts';
import { deskOf, type Env, nowOf, type Services } from '../kit/services.ts';

export function askDutyWorkerRoutes(services: Services, mayGoOn: NetworkLimits): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.handover(':id'), async (c) =>
    showAskDutyWorker(services, c, await findConsultation(services, c, param(c, 'id'))),
  );
  app.post(paths.handovers(':id'), (c) =>
    submitForm(services, c, 'ask', (entries, form, { flow, desk }) => {
      if (!mayGoOn(c, 'asking')) return { refused: 'invalid', message: TOO_FAST };
      const now = nowOf(services);
      return withDangerAgain(entries, { form, flow, ...now }, (all) =>
        askDutyWorker(all, form, { desk, now, urgent: isUrgent(flow, all), pace: paceOf(flow, all) }),
      );
    }),
  );
  app.post(paths.disputes(':id'), (c) =>
    submitForm(services, c, 'dispute', (entries, form, { desk }) =>
      disputeOutcome(entries, form, desk, nowOf(services)),
    ),
  );
  return app;
}

type Failed = NonNullable<AskDutyWorkerPageProps['failed']>;
type Decide = (
  entries: readonly Entry[],
  form: Record<string, string>,
  context: { flow: Flow; desk: Desk },
) => ReturnType<typeof disputeOutcome>;

async function submitForm(services: Services, c: Context<Env>, form: Failed['form'], decide: Decide) {
  const id = param(c, 'id');
  await checkHolds(services, c, id);
  const values = fieldsOf(await readForm(c));
  const found = await findConsultation(services, c, id);
  const context = { flow: found.flow, desk: deskOf(services, found.consultation.area) };
  const decided = await services.store.log.decide(
    id,
    (entries) => leaveOutRepeated(entries, decide(entries, values, context), values.seen),
    'professional',
  );
  if (!isRefusal(decided)) return c.redirect(placeAfter(id, context.flow, decided), 303);
  return showAskDutyWorker(services, c, await findConsultation(services, c, id), { form, values, refusal: decided });
}

/** Somebody who has just said that there is danger, or that they do not know, first reads what follows from that. */
function placeAfter(id: string, flow: Flow, { entries, added }: Pick<Decided, 'entries' | 'added'>): string {
  const isAnswered = added.some(({ what }) => what.kind === 'asked again');
  const { answers } = readConsultation(id, entries);
  return isAnswered && walk(flow, answers).at.kind === 'question' ? paths.consultation(id) : paths.handover(id);
}

interface Refused {
  form: Failed['form'];
  values: Record<string, string>;
  refusal: Refusal;
}

function describeFailed({ form, values, refusal }: Refused) {
  return { form, values, errors: refusal.fields ?? { '': refusal.message } };
}

async function showAskDutyWorker(
  services: Services,
  c: Context<Env>,
  { consultation, flow, position }: Found,
  refused?: Refused,
) {
  const desk = deskOf(services, consultation.area);
  const asked = readDeskCase(consultation.entries);
  const worker = asked?.claimedBy?.id;
  const isAway = worker !== undefined && (await absentOf(services, consultation.area)).has(worker);
  const page = AskDutyWorkerPage({
    isAway,
    page: c.get('page'),
    consultation,
    desk,
    area: flow.area,
    finished: position.at.kind === 'end',
    ...(asked !== undefined && { dangerFields: dangerFields(flow) }),
    ...(asked !== undefined && {
      deskCase: asked,
      draft: draftDispute({ desk, reference: consultation.reference, deskCase: asked, now: nowOf(services) }),
    }),
    ...(refused !== undefined && { failed: describeFailed(refused) }),
  });
  const status = refused === undefined ? 200 : refused.refusal.refused === 'conflict' ? 409 : 422;
  return c.html(renderPage(page), status);
}
