/** The conversation for the public and for children: nothing is stored, and every page has an exit. */
import { type Context, Hono } from 'hono';
import { ANYBODY } from '../../../views/kit/language-choice.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import {
  AnonymousResultPage,
  AnonymousStartPage,
  WhoAreYouPage,
} from '../../../views/public/anonymous-conversation.tsx';
import { anonymousPaths, paths } from '../../base/paths.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { answer, readInterview } from '../../consultation/interview.ts';
import { describeResult } from '../../consultation/result.ts';
import { pastTurns } from '../../consultation/transcript.ts';
import { estimateLength } from '../../flow/compare/worked-cases.ts';
import { NATIONAL } from '../../flow/national.ts';
import type { AnonymousConversation } from '../kit/anonymous-conversations.ts';
import { readForm } from '../kit/form.ts';
import { leadTo } from '../kit/htmx.ts';
import {
  addressOf,
  type InterviewPages,
  readAnswerForm,
  showNext,
  showQuestion,
  showRefusal,
} from '../kit/interview.ts';
import { param } from '../kit/load-consultation.ts';
import type { NetworkLimits } from '../kit/network-limits.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';

export function anonymousConversation(services: Services, mayGoOn: NetworkLimits): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.talk(), (c) => {
    const reader = c.req.query('for');
    if (reader === undefined) return goOn(services, c);
    // Chosen on the start page, possibly while an earlier conversation is still open.
    if (reader === ANYBODY) return c.html(renderPage(WhoAreYouPage({ page: c.get('page') })));
    return showStart(services, c, readReader(reader));
  });
  app.post(paths.talk(), async (c) => {
    const form = await readForm(c);
    const reader = readReader(form.get('reader'));
    if (form.get('anew') !== 'yes' && isUnderWay(services, c)) return showStart(services, c, reader, true);
    if (!mayGoOn(c, 'opening')) throw new WebProblem('too fast');
    if (services.conversations.begin(c, reader) === undefined) throw new WebProblem('not found');
    return c.redirect(paths.talk(), 303);
  });
  app.get(paths.talkQuestion(':question'), (c) => {
    const known = services.conversations.find(c);
    return known === undefined
      ? c.redirect(paths.talk(), 303)
      : showQuestion(c, pagesOf(services, known), param(c, 'question'));
  });
  app.post(paths.talkAnswers(), async (c) => takeAnswer(services, c, await readForm(c)));
  app.get(paths.talkResult(), async (c) => {
    const known = services.conversations.find(c);
    return known === undefined ? c.redirect(paths.talk(), 303) : showResult(services, c, known);
  });
  return app;
}

function pagesOf(services: Services, { flow, answers, reader }: AnonymousConversation): InterviewPages {
  const { library } = services;
  return {
    interview: readInterview(flow, answers),
    reader,
    at: anonymousPaths,
    begun: paths.talkFor(reader),
    estimate: (open) => estimateLength({ library, flow, today: today(services) }, open),
  };
}

/** Redirects to the open question or the result, or to the start page if there is no conversation or it has ended. */
function goOn(services: Services, c: Context<Env>) {
  const known = services.conversations.find(c);
  // Chosen on the start page: a reader who knows no English sees the two doors in their language.
  if (known === undefined && c.get('page').language !== undefined)
    return c.html(renderPage(WhoAreYouPage({ page: c.get('page') })));
  return c.redirect(
    known === undefined ? paths.start() : addressOf(pagesOf(services, known).interview, anonymousPaths),
    303,
  );
}

function readReader(given: string | null): 'public' | 'child' {
  return given === 'child' ? 'child' : 'public';
}

/** The conversation may be open in another tab, so it is not replaced without asking. */
function isUnderWay({ conversations }: Services, c: Context<Env>): boolean {
  const known = conversations.find(c);
  return known !== undefined && Object.keys(known.answers).length > 0;
}

function showStart(services: Services, c: Context<Env>, reader: 'public' | 'child', underWay = false) {
  const { library, conversations } = services;
  const flow = conversations.flowFor(reader);
  const questions = flow && estimateLength({ library, flow, today: today(services) });
  return c.html(
    renderPage(AnonymousStartPage({ page: c.get('page'), reader, questions, languages: library.languages, underWay })),
    underWay ? 409 : 200,
  );
}

/** The last answer counts. There is no record that an outdated form could overwrite, so every form is accepted. */
async function takeAnswer(services: Services, c: Context<Env>, form: URLSearchParams) {
  const conversation = services.conversations.find(c);
  if (conversation === undefined) return leadTo(c, paths.talk());
  const before = pagesOf(services, conversation);
  const sent = { ...readAnswerForm(form), seen: 0 };
  const result = answer(before.interview, sent, today(services));
  if (isRefusal(result))
    return result.refused === 'invalid' ? showRefusal(c, before, sent, result) : leadTo(c, paths.talk());
  const given = result.flatMap((happening) =>
    happening.kind === 'answered' ? [[happening.question, happening.answer] as const] : [],
  );
  const after = { ...conversation, answers: { ...conversation.answers, ...Object.fromEntries(given) } };
  services.conversations.keep(c, after);
  return showNext(c, before.interview, pagesOf(services, after));
}

async function showResult(services: Services, c: Context<Env>, conversation: AnonymousConversation) {
  const { flow, answers, reader } = conversation;
  const { position } = pagesOf(services, conversation).interview;
  if (position.at.kind !== 'end') return c.redirect(paths.talk(), 303);
  await countOnce(services, c, conversation, position.at.end.id);
  const day = today(services);
  const result = describeResult({ flow, position, answers }, { opened: day, today: day });
  const turns = pastTurns(flow, position);
  const large = c.req.query('letters') === 'large';
  return c.html(
    renderPage(AnonymousResultPage({ page: c.get('page'), reader, area: flow.area, result, turns, large })),
  );
}

/** Counts the result once, anonymously. The result is also shown when the database is down. */
async function countOnce(
  services: Services,
  c: Context<Env>,
  conversation: AnonymousConversation,
  end: string,
): Promise<void> {
  if (conversation.counted) return;
  services.conversations.keep(c, { ...conversation, counted: true });
  const area =
    Object.values(conversation.answers).find((answer) => services.library.areas.has(String(answer))) ?? NATIONAL;
  try {
    await services.store.tallies.count(String(area), end);
  } catch (error) {
    services.log.warn('a result was not counted', { problem: (error as Error).message });
  }
}
