/** The public's door and the child's: the same conversation, with nothing kept, and a way out at every step. */
import { type Context, Hono } from 'hono';
import { deleteCookie } from 'hono/cookie';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { AnonymousResultPage, AnonymousStartPage } from '../../../views/public/anonymous-conversation.tsx';
import { AnswerFragment } from '../../../views/question/answer.tsx';
import { ConversationPage } from '../../../views/question/conversation.tsx';
import { anonymousPaths, paths } from '../../base/paths.ts';
import { describeResult } from '../../consultation/result.ts';
import { openTurn, pastTurns, turnToChange } from '../../consultation/transcript.ts';
import { readAnswer } from '../../flow/walk/answer.ts';
import { type Position, walk } from '../../flow/walk/walk.ts';
import { NATIONAL } from '../../flow/words.ts';
import type { AnonymousConversation } from '../../store/anonymous-conversations.ts';
import { readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';
import { COOKIE } from '../kit/session.ts';

/** A page about the weather says nothing about who looks at it. */
const ELSEWHERE = 'https://www.bbc.co.uk/weather';

interface Open {
  anonymousConversation: AnonymousConversation;
  position: Position;
}

export function talk(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.talk(), (c) => {
    const reader = c.req.query('for');
    const known = services.conversations.find(c.get('tokenHash'));
    if (reader === undefined) return c.redirect(known === undefined ? paths.start() : addressOf(walked(known)), 303);
    return c.html(
      renderPage(AnonymousStartPage({ page: c.get('page'), reader: reader === 'child' ? 'child' : 'public' })),
    );
  });
  app.post(paths.talk(), async (c) => {
    begin(services, c, await readForm(c));
    return c.redirect(paths.talk(), 303);
  });
  app.get(paths.talkQuestion(':question'), (c) => {
    const known = services.conversations.find(c.get('tokenHash'));
    return known === undefined ? c.redirect(paths.talk(), 303) : showQuestion(c, walked(known), param(c, 'question'));
  });
  app.post(paths.talkAnswers(), async (c) => takeAnswer(services, c, await readForm(c)));
  app.get(paths.talkResult(), async (c) => {
    const known = services.conversations.find(c.get('tokenHash'));
    return known === undefined ? c.redirect(paths.talk(), 303) : showResult(services, c, walked(known));
  });
  app.get(paths.leave(), (c) => leave(services, c));
  return app;
}

function walked(conversation: AnonymousConversation): Open {
  return { anonymousConversation: conversation, position: walk(conversation.flow, conversation.answers) };
}

/** Each question has an address of its own, so that Back leads through the questions. */
function addressOf({ position: { at } }: Open): string {
  return at.kind === 'end' ? paths.talkResult() : paths.talkQuestion(at.question.id);
}

function begin(services: Services, c: Context<Env>, form: URLSearchParams): void {
  const reader = form.get('reader') === 'child' ? 'child' : 'public';
  const flow = [...(services.library.areas.get(NATIONAL)?.flows.values() ?? [])].find(
    (known) => known.reader === reader,
  );
  if (flow === undefined) throw new WebProblem('not found');
  services.conversations.begin(c.get('tokenHash'), reader, flow);
}

function showOpen(c: Context<Env>, { anonymousConversation: talk, position }: Open) {
  const turn = openTurn(talk.flow, position);
  if (turn === undefined) return c.redirect(paths.talkResult(), 303);
  const turns = pastTurns(talk.flow, position);
  return c.html(
    renderPage(
      ConversationPage({ page: c.get('page'), reader: talk.reader, turns, at: anonymousPaths, turn, seen: 0 }),
    ),
  );
}

function showQuestion(c: Context<Env>, open: Open, id: string) {
  const { anonymousConversation: talk, position } = open;
  const turn = turnToChange(talk.flow, position, id);
  if (turn === undefined)
    return position.at.kind === 'question' && position.at.question.id === id
      ? showOpen(c, open)
      : c.redirect(paths.talk(), 303);
  return c.html(
    renderPage(ConversationPage({ ...changeProps(open, id, turn), page: c.get('page'), given: givenOf(talk, id) })),
  );
}

function changeProps(
  { anonymousConversation: talk, position }: Open,
  id: string,
  turn: NonNullable<ReturnType<typeof turnToChange>>,
) {
  const before = position.turns.findIndex((past) => past.question === id);
  return {
    reader: talk.reader,
    turns: pastTurns(talk.flow, position).slice(0, before),
    at: anonymousPaths,
    turn,
    seen: 0,
    changing: true,
  };
}

function givenOf(conversation: AnonymousConversation, question: string): string[] {
  return [conversation.answers[question] ?? []].flat().map(String);
}

/** Here the last answer counts: there is no record that an older form could overwrite. */
async function takeAnswer(services: Services, c: Context<Env>, form: URLSearchParams) {
  const conversation = services.conversations.find(c.get('tokenHash'));
  if (conversation === undefined) return leadTo(c, paths.talk());
  const before = walked(conversation);
  const id = form.get('question') ?? '';
  const { at } = before.position;
  const changing = turnToChange(conversation.flow, before.position, id);
  const question = changing?.question ?? (at.kind === 'question' && at.question.id === id ? at.question : undefined);
  if (question === undefined) return leadTo(c, paths.talk());
  const reading = readAnswer(question, form.getAll(id), today(services));
  if (!reading.ok) return showWrong(c, before, id, form.getAll(id), reading.message);
  conversation.answers[id] = reading.answer;
  return showNext(c, walked(conversation), changing === undefined);
}

/** htmx follows a redirect by itself and would put a whole page into a part of one. */
function leadTo(c: Context<Env>, url: string) {
  return c.req.header('HX-Request') === 'true' ? c.body(null, 200, { 'HX-Redirect': url }) : c.redirect(url, 303);
}

function showNext(c: Context<Env>, { anonymousConversation: talk, position }: Open, appended: boolean) {
  const turn = openTurn(talk.flow, position);
  if (turn === undefined) return leadTo(c, paths.talkResult());
  const url = paths.talkQuestion(turn.question.id);
  if (c.req.header('HX-Request') !== 'true') return c.redirect(`${url}#question`, 303);
  const page = c.get('page');
  const turns = pastTurns(talk.flow, position);
  const { reader } = talk;
  const fragment = AnswerFragment({
    page,
    reader,
    token: page.token,
    turns,
    appended,
    at: anonymousPaths,
    turn,
    seen: 0,
  });
  return c.html(renderFragment(fragment), 200, { 'HX-Push-Url': url });
}

function showWrong(c: Context<Env>, open: Open, id: string, given: string[], error: string) {
  const { anonymousConversation: talk, position } = open;
  const changing = turnToChange(talk.flow, position, id);
  const turn = openTurn(talk.flow, position);
  const plain = { reader: talk.reader, turns: pastTurns(talk.flow, position), at: anonymousPaths, seen: 0 };
  const props =
    changing !== undefined ? changeProps(open, id, changing) : turn === undefined ? undefined : { ...plain, turn };
  if (props === undefined) return leadTo(c, paths.talkResult());
  const page = c.get('page');
  if (c.req.header('HX-Request') === 'true') {
    const fragment = AnswerFragment({ ...props, page, token: page.token, appended: false, given, error });
    return c.html(renderFragment(fragment), 422);
  }
  return c.html(renderPage(ConversationPage({ ...props, page, given, error })), 422);
}

async function showResult(services: Services, c: Context<Env>, { anonymousConversation: talk, position }: Open) {
  if (position.at.kind !== 'end') return c.redirect(paths.talk(), 303);
  await countOnce(services, talk, position.at.end.id);
  const day = today(services);
  const result = describeResult(talk.flow, position, talk.answers, day, day);
  const turns = pastTurns(talk.flow, position);
  const large = c.req.query('letters') === 'large';
  return c.html(
    renderPage(
      AnonymousResultPage({ page: c.get('page'), reader: talk.reader, area: talk.flow.area, result, turns, large }),
    ),
  );
}

/** The anonymous tally. A database that is down is no reason not to show whom to ring. */
async function countOnce(services: Services, conversation: AnonymousConversation, end: string): Promise<void> {
  if (conversation.counted) return;
  conversation.counted = true;
  const area =
    Object.values(conversation.answers).find((answer) => services.library.areas.has(String(answer))) ?? NATIONAL;
  try {
    await services.store.tallies.count(String(area), end);
  } catch (error) {
    services.log(`not counted: ${(error as Error).message}`);
  }
}

/** Ends the conversation, clears what the browser holds of us, and goes elsewhere. The history of the browser stays: nobody can clear that. */
function leave(services: Services, c: Context<Env>) {
  services.conversations.end(c.get('tokenHash'));
  deleteCookie(c, COOKIE, { path: '/', secure: services.secure });
  c.header('Clear-Site-Data', '"cache", "cookies", "storage"');
  return c.redirect(ELSEWHERE, 303);
}
