/**
 * The professional's interview: opening a consultation, answering, changing an answer, and moving to newer guidance.
 */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { WithdrawnPage } from '../../../views/question/withdrawn.tsx';
import { consultationPaths, paths } from '../../base/paths.ts';
import { carryOver, type Versions } from '../../consultation/carry-over.ts';
import { type Happening, isRefusal } from '../../consultation/entry.ts';
import { type AnswerRefusal, answer, type Interview, isOpen, moveToVersion } from '../../consultation/interview.ts';
import { makeReference } from '../../consultation/reference.ts';
import { reopenIfUrgent } from '../../desk/danger-again.ts';
import { isAsked, lastAskedAt } from '../../desk/desk-case.ts';
import { bringDeadlinesForward } from '../../desk/pace.ts';
import { estimateLength } from '../../flow/compare/worked-cases.ts';
import type { Flow } from '../../flow/flow.ts';
import { versionOf } from '../../flow/language/version.ts';
import { walk } from '../../flow/walk/walk.ts';
import type { Decision } from '../../store/log.ts';
import { readForm } from '../kit/form.ts';
import {
  addressOf,
  type InterviewPages,
  readAnswerForm,
  showNext,
  showQuestion,
  showRefusal,
} from '../kit/interview.ts';
import { checkHolds, type Found, findConsultation, param, replayEntries, showArea } from '../kit/load-consultation.ts';
import type { NetworkLimits } from '../kit/network-limits.ts';
import { WebProblem } from '../kit/problem.ts';
import { deskOf, type Env, nowOf, type Services, today } from '../kit/services.ts';

export function consultations(services: Services, mayGoOn: NetworkLimits): Hono<Env> {
  const app = new Hono<Env>();
  app.post(paths.consultations(), async (c) => {
    const form = await readForm(c);
    if (!mayGoOn(c, 'opening')) throw new WebProblem('too fast');
    return openConsultation(services, c, form);
  });
  app.get(paths.consultation(':id'), async (c) => {
    const found = await findConsultation(services, c, param(c, 'id'));
    if (found.withdrawal !== undefined) return showWithdrawn(services, c, found);
    const address = addressOf(found, consultationPaths(found.consultation.id));
    // Skips the turns so far and goes to the question.
    return c.redirect(found.position.at.kind === 'end' ? address : `${address}#question`, 303);
  });
  app.get(paths.question(':id', ':question'), async (c) => {
    const found = await findConsultation(services, c, param(c, 'id'));
    return showQuestionOf(services, c, found, param(c, 'question'));
  });
  app.post(paths.answers(':id'), async (c) => {
    const id = param(c, 'id');
    await checkHolds(services, c, id);
    return takeAnswer(services, c, id, await readForm(c));
  });
  app.post(paths.moves(':id'), async (c) => {
    await readForm(c);
    const found = await findConsultation(services, c, param(c, 'id'));
    return moveOn(services, c, found);
  });
  return app;
}

async function openConsultation(services: Services, c: Context<Env>, form: URLSearchParams) {
  const area = services.library.areas.get(form.get('area') ?? '');
  const flow = area?.flows.get(form.get('flow') ?? '');
  if (area === undefined || flow === undefined || flow.reader !== 'professional') throw new WebProblem('not found');
  showArea(c, flow);
  const version = versionOf(flow);
  if (services.library.withdrawn.has(version)) throw new WebProblem('withdrawn');
  await services.store.versions.keep(version, flow);
  const { id } = await services.store.consultations.open({
    area: flow.area.id,
    flow: flow.id,
    version,
    by: 'professional',
    makeReference: () => makeReference(flow.area.referenceLetter, services.random),
    tokenHash: c.get('tokenHash'),
  });
  return c.redirect(addressOf({ position: walk(flow, {}) }, consultationPaths(id)), 303);
}

function interviewOf({ consultation: { answers, answeredBy }, flow, position }: Found): Interview {
  return { flow, position, answers, answeredBy };
}

/** A consultation in the form that the interview pages need. The duty worker can be asked at any step. */
function pagesOf(services: Services, found: Found): InterviewPages {
  const { consultation, flow } = found;
  const { id, reference, entries } = consultation;
  const { library } = services;
  // Worked cases exist only for the current version.
  const current = library.areas.get(consultation.area)?.flows.get(consultation.flow) ?? flow;
  return {
    interview: interviewOf(found),
    reader: 'professional',
    at: consultationPaths(id),
    reference,
    begun: paths.area(consultation.area),
    estimate: (open) => estimateLength({ library, flow: current, today: today(services) }, open),
    ask: { id, askedAt: lastAskedAt(entries) },
  };
}

/** If the guidance was withdrawn, nothing can be changed, and the open question says so. */
function showQuestionOf(services: Services, c: Context<Env>, found: Found, question: string) {
  if (found.withdrawal === undefined) return showQuestion(c, pagesOf(services, found), question);
  if (isOpen(found.position, question)) return showWithdrawn(services, c, found);
  return c.redirect(paths.consultation(found.consultation.id), 303);
}

/** The consultation as it was before the answer, and why the answer was refused. */
interface Tried {
  before: Found;
  refusal?: AnswerRefusal;
}

async function takeAnswer(services: Services, c: Context<Env>, id: string, form: URLSearchParams) {
  const sent = readAnswerForm(form);
  // The input that says which question is answered.
  c.set('savedInputs', ['question']);
  const decided = await services.store.log.decide(
    id,
    async (entries): Promise<Decision<Tried>> => {
      const before = await replayEntries(services, id, entries);
      if (before.withdrawal !== undefined) return { append: [], saw: { before } };
      const result = answer(interviewOf(before), sent, today(services));
      if (isRefusal(result)) return { append: [], saw: { before, refusal: result } };
      return { append: [...result, ...soonerAnswer(services, before, result)], saw: { before } };
    },
    'professional',
  );
  if (isRefusal(decided)) throw new WebProblem('not found');
  const { before, refusal } = decided.saw;
  showArea(c, before.flow);
  if (before.withdrawal !== undefined) return showWithdrawn(services, c, before);
  if (refusal !== undefined) return showRefusal(c, pagesOf(services, before), sent, refusal);
  const after = await replayEntries(services, id, decided.entries);
  return showNext(c, interviewOf(before), pagesOf(services, after));
}

/** This answer may make something urgent that the desk was asked about. */
function soonerAnswer(services: Services, { consultation, flow }: Found, added: readonly Happening[]): Happening[] {
  if (!isAsked(consultation.entries)) return [];
  const times = { flow, desk: deskOf(services, consultation.area), now: nowOf(services) };
  const reopened = reopenIfUrgent(times, consultation.entries, added);
  return [...reopened, ...bringDeadlinesForward(times, consultation.entries, added)];
}

function showWithdrawn(services: Services, c: Context<Env>, { consultation, flow, withdrawal }: Found) {
  const why = withdrawal?.why ?? '';
  const newer = findNewer(services, consultation);
  const page = WithdrawnPage({
    page: c.get('page'),
    id: consultation.id,
    reference: consultation.reference,
    why,
    on: withdrawal?.on ?? '',
    kept: Object.keys(consultation.answers).length,
    replaced: newer !== undefined,
    told: newer === undefined ? [] : carryOver(versionsOf(services, flow, newer), consultation.answers).told,
  });
  return c.html(renderPage(page), c.req.method === 'POST' ? 409 : 200);
}

/** The current version of the consultation's flow; undefined if there is none, or it was withdrawn too. */
function findNewer({ library }: Services, consultation: Found['consultation']): Flow | undefined {
  const flow = library.areas.get(consultation.area)?.flows.get(consultation.flow);
  return flow === undefined || library.withdrawn.has(versionOf(flow)) ? undefined : flow;
}

function versionsOf({ library }: Services, before: Flow, after: Flow): Versions {
  return { before, after, retired: library.areas.get(after.area.id)?.retired };
}

async function moveOn(services: Services, c: Context<Env>, found: Found) {
  const { consultation, flow, withdrawal } = found;
  const newer = findNewer(services, consultation);
  if (withdrawal !== undefined && newer !== undefined) {
    await services.store.versions.keep(versionOf(newer), newer);
    await services.store.log.decide(
      consultation.id,
      (entries) => moveToVersion(entries, versionsOf(services, flow, newer), withdrawal.why),
      'professional',
    );
  }
  return c.redirect(paths.consultation(consultation.id), 303);
}
