/** The conversation: opened, answered, changed, moved on when the guidance changes. */
import { type Context, Hono } from 'hono';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { AnswerFragment } from '../../../views/question/answer.tsx';
import { ConflictPage } from '../../../views/question/conflict.tsx';
import { ConversationPage } from '../../../views/question/conversation.tsx';
import { WithdrawnPage } from '../../../views/question/withdrawn.tsx';
import { consultationPaths, paths } from '../../base/paths.ts';
import { type AnswerForm, type AnswerRefusal, answer, isOpen, move } from '../../consultation/answering.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { makeReference } from '../../consultation/reference.ts';
import { openTurn, pastTurns, turnToChange } from '../../consultation/transcript.ts';
import { isAsked } from '../../desk/desk-case.ts';
import { type Flow, getQuestion } from '../../flow/flow.ts';
import { versionOf } from '../../flow/language/version.ts';
import { describeAnswer } from '../../flow/walk/answer.ts';
import { type Position, walk } from '../../flow/walk/walk.ts';
import { readForm } from '../kit/form.ts';
import { checkHolds, type Found, findConsultation, param, replay, showArea } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';

export function consultations(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.post(paths.consultations(), async (c) => openConsultation(services, c, await readForm(c)));
  app.get(paths.consultation(':id'), async (c) => {
    const found = await findConsultation(services, c, param(c, 'id'));
    if (found.withdrawal !== undefined) return showWithdrawn(services, c, found);
    return c.redirect(addressOf(found.consultation.id, found.position), 303);
  });
  app.get(paths.question(':id', ':question'), async (c) => {
    const found = await findConsultation(services, c, param(c, 'id'));
    return showQuestion(services, c, found, param(c, 'question'));
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
  return c.redirect(addressOf(id, walk(flow, {})), 303);
}

/** Each question has an address of its own, so that Back leads through the questions and never to where one is. */
function addressOf(id: string, { at }: Position): string {
  return at.kind === 'end' ? paths.result(id) : paths.question(id, at.question.id);
}

function showOpen(services: Services, c: Context<Env>, found: Found) {
  if (found.withdrawal !== undefined) return showWithdrawn(services, c, found);
  return c.html(renderPage(ConversationPage({ page: c.get('page'), reader: 'professional', ...openProps(found) })));
}

/** The open question, or one that was answered, to be changed. Anything else leads to the open one. */
function showQuestion(services: Services, c: Context<Env>, found: Found, id: string) {
  const { consultation, flow, position } = found;
  const turn = turnToChange(flow, position, id);
  if (isOpen(position, id)) return showOpen(services, c, found);
  if (found.withdrawal !== undefined || turn === undefined) return leadToOpen(c, found);
  const page = ConversationPage({
    page: c.get('page'),
    reader: 'professional',
    turns: pastTurns(flow, position).slice(
      0,
      position.turns.findIndex((past) => past.question === id),
    ),
    at: consultationPaths(consultation.id),
    turn,
    seen: consultation.answeredBy[id] ?? 0,
    given: [consultation.answers[id] ?? []].flat().map(String),
    changing: true,
    reference: consultation.reference,
    ask: askOf(consultation),
  });
  return c.html(renderPage(page));
}

function leadToOpen(c: Context<Env>, { consultation }: Found) {
  return c.redirect(paths.consultation(consultation.id), 303);
}

function openProps(found: Found) {
  const { consultation, flow, position } = found;
  const turn = openTurn(flow, position);
  if (turn === undefined) throw new Error('no question is open at the end');
  return {
    turns: pastTurns(flow, position),
    at: consultationPaths(consultation.id),
    turn,
    seen: consultation.answeredBy[turn.question.id] ?? 0,
    reference: consultation.reference,
    ask: askOf(consultation),
  };
}

/** The duty worker can be asked at any step. */
function askOf({ id, entries }: Found['consultation']) {
  return { id, asked: isAsked(entries) };
}

async function takeAnswer(services: Services, c: Context<Env>, id: string, form: URLSearchParams) {
  const question = form.get('question') ?? '';
  const sent: AnswerForm = { question, given: form.getAll(question), seen: Number(form.get('seen') ?? 0) };
  const tried: { before?: Found; refusal?: AnswerRefusal } = {};
  const decided = await services.store.log.decide(
    id,
    async (entries) => {
      tried.before = await replay(services, c, readConsultation(id, entries));
      const result = tried.before.withdrawal === undefined ? answer(tried.before, sent, today(services)) : WITHDRAWN;
      if (isRefusal(result)) tried.refusal = result;
      return result;
    },
    'professional',
  );
  const { before, refusal } = tried;
  if (before === undefined) throw new WebProblem('not found');
  if (before.withdrawal !== undefined) return showWithdrawn(services, c, before);
  if (isRefusal(decided)) return showRefusal(c, before, sent, refusal ?? decided);
  const after = await replay(services, c, readConsultation(id, decided.entries));
  return showNext(c, before, after, decided.added.length > 0);
}

const WITHDRAWN: AnswerRefusal = { refused: 'withdrawn', message: 'The guidance has changed' };

function wantsFragment(c: Context<Env>): boolean {
  return c.req.header('HX-Request') === 'true';
}

function showNext(c: Context<Env>, before: Found, after: Found, added: boolean) {
  const { consultation, position } = after;
  const { id } = consultation;
  const url = addressOf(id, position);
  // Without a script the browser jumps past the transcript to the question.
  if (!wantsFragment(c)) return c.redirect(position.at.kind === 'end' ? url : `${url}#question`, 303);
  if (position.at.kind === 'end') return c.body(null, 200, { 'HX-Redirect': url });
  const appended = added && position.turns.length === before.position.turns.length + 1 && isLonger(before, after);
  const fragment = AnswerFragment({
    page: c.get('page'),
    token: c.get('page').token,
    appended,
    ...openProps(after),
  });
  return c.html(renderFragment(fragment), 200, { 'HX-Push-Url': url });
}

/** The new turns are the old ones and one more. */
function isLonger(before: Found, after: Found): boolean {
  return before.position.turns.every((turn, index) => turn.question === after.position.turns[index]?.question);
}

function showRefusal(c: Context<Env>, found: Found, sent: AnswerForm, refusal: AnswerRefusal) {
  if (refusal.clash !== undefined) return showClash(c, found, refusal.clash);
  const { consultation, flow, position } = found;
  if (refusal.refused === 'not found') throw new WebProblem('not found');
  if (refusal.refused !== 'invalid')
    throw new WebProblem('out of step', {
      href: paths.consultation(consultation.id),
      words: 'Go on with the open question',
    });
  const changing = turnToChange(flow, position, sent.question);
  const open =
    changing === undefined
      ? openProps(found)
      : { ...closedProps(found, sent.question), turn: changing, changing: true };
  const props = {
    ...open,
    given: sent.given,
    seen: sent.seen,
    error: refusal.message,
    reference: consultation.reference,
    ask: askOf(consultation),
  };
  const page = c.get('page');
  if (wantsFragment(c))
    return c.html(renderFragment(AnswerFragment({ page, token: page.token, appended: false, ...props })), 422);
  return c.html(renderPage(ConversationPage({ page, reader: 'professional', ...props })), 422);
}

function closedProps({ consultation, flow, position }: Found, question: string) {
  const index = position.turns.findIndex((turn) => turn.question === question);
  return { turns: pastTurns(flow, position).slice(0, index), at: consultationPaths(consultation.id) };
}

function showClash(c: Context<Env>, { consultation, flow }: Found, clash: NonNullable<AnswerRefusal['clash']>) {
  const question = getQuestion(flow, clash.question);
  const page = ConflictPage({
    page: c.get('page'),
    reader: 'professional',
    at: consultationPaths(consultation.id),
    question,
    saved: { words: describeAnswer(question, clash.standing), entry: clash.number },
    sent: { words: describeAnswer(question, clash.sent), raw: [clash.sent].flat().map(String) },
  });
  return c.html(renderPage(page), 409);
}

function showWithdrawn(services: Services, c: Context<Env>, { consultation, withdrawal }: Found) {
  const why = withdrawal?.why ?? '';
  const page = WithdrawnPage({
    page: c.get('page'),
    id: consultation.id,
    reference: consultation.reference,
    why,
    on: withdrawal?.on ?? '',
    kept: Object.keys(consultation.answers).length,
    replaced: findNewer(services, consultation) !== undefined,
  });
  return c.html(renderPage(page), c.req.method === 'POST' ? 409 : 200);
}

/** The version in force of the consultation's flow; undefined when there is none, or it is withdrawn too. */
function findNewer({ library }: Services, consultation: Found['consultation']): Flow | undefined {
  const flow = library.areas.get(consultation.area)?.flows.get(consultation.flow);
  return flow === undefined || library.withdrawn.has(versionOf(flow)) ? undefined : flow;
}

async function moveOn(services: Services, c: Context<Env>, found: Found) {
  const { consultation, withdrawal } = found;
  const newer = findNewer(services, consultation);
  if (withdrawal !== undefined && newer !== undefined) {
    const version = versionOf(newer);
    await services.store.versions.keep(version, newer);
    await services.store.log.decide(
      consultation.id,
      (entries) => move(entries, version, withdrawal.why),
      'professional',
    );
  }
  return c.redirect(paths.consultation(consultation.id), 303);
}
