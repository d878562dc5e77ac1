/**
 * The pages of an interview: a question, the next question after an answer, and a refused answer. The professional's
 * interview and the public's differ only in where the answers are kept, and pass that in.
 */
import type { Context } from 'hono';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { AnswerFragment } from '../../../views/question/answer.tsx';
import { ConflictPage } from '../../../views/question/conflict.tsx';
import { ConversationPage, type ConversationPageProps } from '../../../views/question/conversation.tsx';
import type { ConversationPaths } from '../../base/paths.ts';
import {
  type AnswerForm,
  type AnswerRefusal,
  type AskedQuestion,
  type Clash,
  findAsked,
  findOpen,
  type Interview,
  isOneTurnMore,
} from '../../consultation/interview.ts';
import { getQuestion } from '../../flow/flow.ts';
import { describeAnswer, valuesOf } from '../../flow/walk/answer.ts';
import { setHeader } from './guards.ts';
import { isFromHtmx, leadTo } from './htmx.ts';
import { WebProblem } from './problem.ts';
import type { Env } from './services.ts';

/** An interview, and what its pages need in addition: who reads them, and where their forms are sent. */
export interface InterviewPages extends Pick<ConversationPageProps, 'reader' | 'at' | 'reference' | 'ask' | 'begun'> {
  interview: Interview;
  /** Roughly how many questions there are, with this one open after `answered` others. */
  estimate: (open: { question: string; answered: number }) => number | undefined;
}

/** Reads a sent question form. `seen`: the number of the entry whose answer the form showed. */
export function readAnswerForm(form: URLSearchParams): AnswerForm {
  const question = form.get('question') ?? '';
  return { question, given: form.getAll(question), seen: Number(form.get('seen') ?? 0) };
}

/** Each question has its own address, so that Back leads through the questions. */
export function addressOf({ position }: Pick<Interview, 'position'>, at: ConversationPaths): string {
  return position.at.kind === 'end' ? at.result : at.question(position.at.question.id);
}

/** Shows the open question, or an earlier one to be changed. Any other question redirects to the open one. */
export function showQuestion(c: Context<Env>, pages: InterviewPages, question: string) {
  const { interview, estimate, ...props } = pages;
  const asked = findAsked(interview, question);
  if (asked === undefined) return c.redirect(pages.at.open, 303);
  return c.html(
    renderPage(ConversationPage({ ...props, ...asked, about: aboutOf(pages, asked), page: c.get('page') })),
  );
}

/** After an answer, htmx gets the next question and the new turn; a plain form is redirected to the next address. */
export function showNext(c: Context<Env>, before: Interview, pages: InterviewPages) {
  const { interview, reader, at, begun } = pages;
  const url = addressOf(interview, at);
  const open = findOpen(interview);
  if (open === undefined) return leadTo(c, url);
  // Without a script, the fragment makes the browser jump past the transcript to the question.
  if (!isFromHtmx(c)) return c.redirect(`${url}#question`, 303);
  const page = c.get('page');
  const appended = isOneTurnMore(before, interview);
  const fragment = AnswerFragment({
    page,
    reader,
    token: page.token,
    appended,
    at,
    begun,
    about: aboutOf(pages, open),
    ...open,
  });
  setHeader(c, 'HX-Push-Url', url);
  return c.html(renderFragment(fragment));
}

/** Keeps what was typed, with a message beside it. If two answers clash, both are shown. */
export function showRefusal(c: Context<Env>, pages: InterviewPages, sent: AnswerForm, refusal: AnswerRefusal) {
  if (refusal.clash !== undefined) return showClash(c, pages, refusal.clash);
  const { interview, estimate, ...more } = pages;
  const asked = refusal.refused === 'invalid' ? findAsked(interview, sent.question) : undefined;
  if (asked === undefined) throw outOfStep(pages.at);
  const page = c.get('page');
  const props = {
    ...more,
    ...asked,
    about: aboutOf(pages, asked),
    page,
    given: sent.given,
    seen: sent.seen,
    error: refusal.message,
  };
  if (!isFromHtmx(c)) return c.html(renderPage(ConversationPage(props)), 422);
  return c.html(renderFragment(AnswerFragment({ ...props, token: page.token, appended: false })), 422);
}

function aboutOf({ estimate }: InterviewPages, { turn, turns }: AskedQuestion): number | undefined {
  return estimate({ question: turn.question.id, answered: turns.length });
}

function outOfStep({ open }: ConversationPaths): WebProblem {
  return new WebProblem('out of step', { href: open, words: 'Go on with the open question' });
}

function showClash(c: Context<Env>, { interview, reader, at }: InterviewPages, clash: Clash) {
  const question = getQuestion(interview.flow, clash.question);
  const page = ConflictPage({
    page: c.get('page'),
    reader,
    at,
    question,
    saved: { words: describeAnswer(question, clash.standing), entry: clash.number },
    sent: { words: describeAnswer(question, clash.sent), raw: valuesOf(clash.sent) },
  });
  return c.html(renderPage(page), 409);
}
