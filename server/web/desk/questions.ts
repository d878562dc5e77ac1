/** All questions on one page, for use during a telephone call; and the comparison before and after new information. */
import { type Context, Hono } from 'hono';
import { ComparisonPage } from '../../../views/desk/comparison.tsx';
import { type Step, StepListPage, type StepListProps, StepsFragment } from '../../../views/desk/questions.tsx';
import type { Failed } from '../../../views/kit/failed-form.ts';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import type { Consultation } from '../../consultation/consultation.ts';
import { type Entry, isRefusal } from '../../consultation/entry.ts';
import { readSoFar } from '../../desk/call-summary.ts';
import { compareSince } from '../../desk/comparison.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import { bringDeadlinesForward } from '../../desk/pace.ts';
import { keepName, seenName } from '../../desk/record-fields.ts';
import { answerAll, type Given, stepList, type TakenAnswers } from '../../desk/step-list.ts';
import { refuseUnless } from '../../desk/transitions.ts';
import { describeUrgency, mayBeUrgent } from '../../desk/urgency.ts';
import type { Question } from '../../flow/flow.ts';
import { type Answer, describeAnswer, valuesOf } from '../../flow/walk/answer.ts';
import { allow } from '../kit/allow.ts';
import { readForm } from '../kit/form.ts';
import { isFromHtmx } from '../kit/htmx.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { isAsSaved } from '../kit/saved-answers.ts';
import { type Env, nowOf, type Services, today } from '../kit/services.ts';
import { leadToDone } from './done.ts';
import {
  authorOf,
  checkNotGone,
  type DeskConsultation,
  loadDeskConsultation,
  type ViewedConsultation,
  viewDeskConsultation,
} from './load-desk-consultation.ts';

export function deskQuestions(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskQuestions(':id'), ...allow('record.write'), (c) => showQuestions(services, c));
  app.post(paths.deskAnswers(':id'), ...allow('record.write', { form: paths.deskQuestions(':id') }), (c) =>
    takeAnswers(services, c),
  );
  app.get(paths.deskComparison(':id'), ...allow('consultation.see'), async (c) => {
    const { line, consultation, flow, deskCase } = await viewDeskConsultation(services, c, param(c, 'id'));
    const last = deskCase.reopenings.at(-1);
    if (last === undefined) throw new WebProblem('not found');
    const comparison = compareSince(flow, consultation.entries, last.number);
    const props = { id: line.consultation, reference: line.reference, at: last.at, news: last.news, comparison };
    return c.html(renderPage(ComparisonPage({ page: c.get('page'), ...props })));
  });
  return app;
}

/** `note`: a note that was refused, with the text that was typed. */
export async function showQuestions(services: Services, c: Context<Env>, note?: Failed) {
  await checkNotGone(services, c, param(c, 'id'));
  const found = await viewDeskConsultation(services, c, param(c, 'id'));
  const page = StepListPage({
    page: c.get('page'),
    ...listProps(c, found),
    ...(note !== undefined && { note }),
  });
  return c.html(renderPage(page), note === undefined ? 200 : 422);
}

/** Saves every valid answer. An invalid one stays in its field, with an error beside it. */
async function takeAnswers(services: Services, c: Context<Env>) {
  const id = param(c, 'id');
  const form = await readForm(c);
  await checkNotGone(services, c, id);
  const { flow, desk, consultation } = await loadDeskConsultation(services, c, id);
  const isKept = (question: string) => isAsSaved(form, question, consultation.answers[question]);
  c.set('savedInputs', inputsOf(Object.keys(flow.questions), isKept));
  const given = givenIn(form);
  const decide = (entries: readonly Entry[]) => {
    const refusal = refuseUnless(readDeskCase(entries), 'ask questions');
    if (refusal !== undefined) return refusal;
    const { happenings, ...open } = answerAll(flow, entries, given, today(services));
    const sooner = bringDeadlinesForward({ flow, desk, now: nowOf(services) }, entries, happenings);
    return { append: [...happenings, ...sooner], saw: open };
  };
  const decided = await services.store.log.decide(id, decide, authorOf(c));
  if (isRefusal(decided)) throw new WebProblem(decided.refused === 'not found' ? 'not found' : 'out of step');
  const { wrong, clashes } = decided.saw;
  const stays = (question: string) => wrong[question] !== undefined || clashes[question] !== undefined;
  const failed = Object.keys(flow.questions).some(stays);
  c.set('draftStays', failed);
  c.set(
    'savedInputs',
    inputsOf(Object.keys(flow.questions), (question) => !stays(question)),
  );
  const found = await (failed || isFromHtmx(c) ? viewDeskConsultation : loadDeskConsultation)(services, c, id);
  return showTaken(c, found, { wrong, clashes, given }, failed);
}

function showTaken(c: Context<Env>, found: DeskConsultation, sent: SentAnswers, failed: boolean) {
  const { consultation } = found.line;
  const props = listProps(c, found, sent);
  if (isFromHtmx(c)) return c.html(renderFragment(StepsFragment(props)));
  if (failed) return c.html(renderPage(StepListPage({ page: c.get('page'), ...props })), 422);
  if (props.soFar.isFinished) return leadToDone(c, paths.deskRecord(consultation), 'answers', 'advised');
  return leadToDone(c, paths.deskQuestions(consultation), 'answers', 'stand');
}

function givenIn(form: URLSearchParams): Given {
  return (question) => ({
    values: form.getAll(question),
    seen: Number(form.get(seenName(question)) ?? 0),
    keep: form.get(keepName(question)) ?? '',
  });
}

/** Names of the inputs of those questions that `isMeant` picks. */
function inputsOf(questions: readonly string[], isMeant: (question: string) => boolean): string[] {
  return questions.filter(isMeant).flatMap((question) => [question, seenName(question), keepName(question)]);
}

/** A sent form of which something could not be saved. */
interface SentAnswers extends Pick<TakenAnswers, 'wrong' | 'clashes'> {
  given: Given;
}

function listProps(
  c: Context<Env>,
  found: DeskConsultation & Partial<Pick<ViewedConsultation, 'perhapsSame'>>,
  sent?: SentAnswers,
): Omit<StepListProps, 'page'> {
  const { line, consultation, flow } = found;
  return {
    id: line.consultation,
    reference: line.reference,
    token: c.get('page').token,
    perhapsSame: found.perhapsSame ?? [],
    soFar: readSoFar(flow, consultation),
    ...(mayBeUrgent(line) && { urgency: describeUrgency(line) }),
    notes: consultation.notes,
    entries: consultation.entries.length,
    steps: stepList(flow, consultation.answers).map((question) => stepOf(consultation, question, sent)),
  };
}

function stepOf({ answers, answeredBy, entries }: Consultation, question: Question, sent?: SentAnswers): Step {
  const { id } = question;
  const answer = answers[id];
  const number = answeredBy[id] ?? 0;
  const entry = entries[number - 1];
  const step = { question, answered: answer !== undefined, words: wordsOf(question, answer), savedAt: entry?.at ?? '' };
  const mine = sent?.given(id);
  if (mine !== undefined && sent?.clashes[id] !== undefined) {
    const theirs = { number, words: step.words.join('; '), by: nameOf(entry), at: step.savedAt };
    // Keeps the entry number that the page had seen, so that the next autosaved answer does not overwrite a colleague's
    // without asking.
    return { ...step, seen: mine.seen, given: mine.values, theirs };
  }
  const error = sent?.wrong[id];
  return {
    ...step,
    seen: number,
    ...(error === undefined ? { given: valuesOf(answer) } : { given: mine?.values ?? [], error }),
  };
}

function nameOf(entry: Entry | undefined): string {
  return entry?.who?.name ?? (entry?.by === 'professional' ? 'Whoever asked' : 'A colleague');
}

function wordsOf(question: Question, answer: Answer | undefined): string[] {
  return answer === undefined ? [] : describeAnswer(question, answer);
}
