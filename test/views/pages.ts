/** Every kind of page, rendered from the sample. */

import { anonymousPaths, consultationPaths } from '../../server/base/paths.ts';
import { writeCallScript } from '../../server/consultation/call-script.ts';
import { describeEntries } from '../../server/consultation/describe-entry.ts';
import { showContact } from '../../server/consultation/result.ts';
import { openTurn, pastTurns, turnToChange } from '../../server/consultation/transcript.ts';
import { getQuestion } from '../../server/flow/flow.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { renderFragment, renderPage } from '../../views/kit/render.ts';
import { DoorsPage } from '../../views/professional/doors.tsx';
import { ReturnPage } from '../../views/professional/return.tsx';
import { AnonymousResultPage, AnonymousStartPage } from '../../views/public/anonymous-conversation.tsx';
import { AnswerFragment } from '../../views/question/answer.tsx';
import { ConflictPage } from '../../views/question/conflict.tsx';
import { ConversationPage } from '../../views/question/conversation.tsx';
import { WithdrawnPage } from '../../views/question/withdrawn.tsx';
import { RecordPage } from '../../views/record/record.tsx';
import { CallPage } from '../../views/result/call.tsx';
import { ResultPage } from '../../views/result/result.tsx';
import { ContactsPage } from '../../views/site/contacts.tsx';
import { AboutPage, AccessibilityPage, PrivacyPage } from '../../views/site/information.tsx';
import { NumbersPage } from '../../views/site/numbers.tsx';
import { ProblemPage } from '../../views/site/problem.tsx';
import { PROBLEMS, type ProblemKind } from '../../views/site/problems.ts';
import { StartPage } from '../../views/site/start.tsx';
import { WrongNumberPage, WrongNumberToldPage } from '../../views/site/wrong-number.tsx';
import { ID, makeAnswers, makeConsultation, makeFlow, makePageContext, makeResult, type Say, TODAY } from './sample.ts';

/**
 * Every page as the server would send it, by a name that says what it shows. `say` changes every text that a person
 * wrote.
 */
export function renderAll(say: Say = (words) => words): Record<string, string> {
  return { ...renderInterview(say), ...renderRecords(say), ...renderProblems(say), ...renderSite(say) };
}

/** The conversation up to one of its questions. */
function conversationOf(say: Say, upTo: number) {
  const flow = makeFlow(say);
  const position = walk(flow, Object.fromEntries(Object.entries(makeAnswers(say)).slice(0, upTo)));
  const turn = openTurn(flow, position);
  if (turn === undefined) throw new Error('no question is open');
  return {
    page: makePageContext(say),
    reader: 'professional' as const,
    turns: pastTurns(flow, position),
    at: consultationPaths(ID),
    turn,
    seen: 0,
    reference: 'B 48',
  };
}

/** The questions, and the pages that can appear instead. */
function renderInterview(say: Say): Record<string, string> {
  const flow = makeFlow(say);
  const answers = makeAnswers(say);
  const page = makePageContext(say);
  const pages: Record<string, string> = {};
  for (const [index, id] of Object.keys(answers).entries()) {
    const conversation = conversationOf(say, index);
    const wrong = { given: [say('wrong')], error: say('That is wrong') };
    pages[`question ${id}`] = renderPage(ConversationPage(conversation));
    pages[`question ${id}, refused`] = renderPage(ConversationPage({ ...conversation, ...wrong }));
  }
  const over = walk(flow, answers);
  const change = turnToChange(flow, over, 'signs');
  if (change === undefined) throw new Error('signs was not asked');
  pages['question changed'] = renderPage(
    ConversationPage({ ...conversationOf(say, 1), turn: change, changing: 'earlier', given: ['first', 'unknown'] }),
  );
  pages.conflict = renderPage(
    ConflictPage({
      page,
      reader: 'professional',
      at: consultationPaths(ID),
      question: getQuestion(flow, 'danger'),
      saved: { words: [say('Yes')], entry: 2 },
      sent: { words: [say('a'), say('b')], raw: [say('no')] },
    }),
  );
  pages.withdrawn = renderPage(
    WithdrawnPage({
      page,
      id: ID,
      reference: 'B 48',
      why: say('It changed.'),
      on: TODAY,
      kept: 2,
      told: [say('“Where?” is not asked any more. Your answer counts no longer.')],
      replaced: true,
    }),
  );
  pages['talk, before'] = renderPage(AnonymousStartPage({ page, reader: 'child' }));
  pages['talk, question'] = renderPage(
    ConversationPage({ ...conversationOf(say, 2), reader: 'child', at: anonymousPaths, reference: undefined }),
  );
  const [result, turns] = [makeResult(flow, answers), pastTurns(flow, over)];
  pages['talk, result'] = renderPage(AnonymousResultPage({ page, reader: 'public', area: flow.area, result, turns }));
  return pages;
}

/** Results and records: before children's services were told, and with everything recorded that can be. */
function renderRecords(say: Say): Record<string, string> {
  const flow = makeFlow(say);
  const answers = makeAnswers(say);
  const page = makePageContext(say);
  const over = walk(flow, answers);
  const result = makeResult(flow, answers);
  const turns = pastTurns(flow, over);
  const untold = makeConsultation(answers);
  const told = makeConsultation(answers, [
    { kind: 'told', spokeTo: say('A. Worker'), when: say('today'), reference: say('M1') },
    { kind: 'asker named', asker: { name: say('Pat'), role: say('Teacher'), agency: '', contact: say('0161') } },
    { kind: 'child named', known: 'yes', name: say('A child') },
    { kind: 'consent recorded', consent: 'refused', reason: say('Because') },
    { kind: 'parents recorded', parents: 'not told', reason: say('Because') },
    { kind: 'police recorded', referred: 'no', reason: say('Because') },
    { kind: 'shared', what: say('What'), withWhom: say('Whom'), purpose: say('Why') },
    { kind: 'decided', asAdvised: 'no', decision: say('Else'), reason: say('Because') },
    { kind: 'noted', text: say('A note') },
    { kind: 'corrected', corrects: 2, text: say('Right'), reason: say('Wrong day') },
  ]);
  const { area } = flow;
  const pages: Record<string, string> = {};
  pages.result = renderPage(ResultPage({ page, consultation: untold, area, result, turns }));
  pages['result, told'] = renderPage(ResultPage({ page, consultation: told, area, result, turns, code: 'kx3m' }));
  pages['result, whole'] = renderPage(ResultPage({ page, consultation: untold, area, result, turns, whole: true }));
  for (const [name, consultation] of Object.entries({ call: untold, 'call, told': told })) {
    const script = writeCallScript({ flow, position: over, consultation, result });
    pages[name] = renderPage(CallPage({ page, consultation, area, result, script }));
  }
  const entries = describeEntries(flow, told);
  pages.record = renderPage(RecordPage({ page, consultation: told, area, result, turns, entries, code: 'kx3m' }));
  const failed = { form: 'tellings' as const, values: { when: say('x') }, errors: { spokeTo: say('Write whom') } };
  pages['record, refused'] = renderPage(
    RecordPage({ page, consultation: untold, area, result, turns, entries: [], failed }),
  );
  return pages;
}

/** The pages around the interview. */
function renderSite(say: Say): Record<string, string> {
  const flow = makeFlow(say);
  const { area } = flow;
  const page = makePageContext(say);
  const pages: Record<string, string> = {};
  const door = (id: string, words: string) => ({ area: 'bury', flow: id, title: say(words), help: say('Help') });
  const contacts = Object.keys(flow.contacts).map((id) => showContact(flow, id, TODAY));
  pages.start = renderPage(StartPage({ page: { ...page, area: undefined }, areas: [area] }));
  pages.doors = renderPage(
    DoorsPage({
      page,
      doors: [door('level', 'What should I do?')],
      particular: [door('missing', 'A child is missing')],
    }),
  );
  pages.return = renderPage(
    ReturnPage({ page, values: { reference: say('B') }, errors: { reference: say('That is no reference') } }),
  );
  pages.contacts = renderPage(
    ContactsPage({ page, groups: [{ id: 'bury', title: say('Bury'), contacts, inSight: 1 }] }),
  );
  for (const contact of contacts)
    pages[`wrong number of ${contact.id}`] = renderPage(
      WrongNumberPage({ page, contact, errors: { way: say('Which one?'), wrong: say('What?') } }),
    );
  pages['wrong number, told'] = renderPage(WrongNumberToldPage({ page }));
  pages.numbers = renderPage(NumbersPage({ page, day: TODAY, groups: [{ title: say('Bury'), contacts }] }));
  pages.privacy = renderPage(PrivacyPage({ page }));
  pages.accessibility = renderPage(AccessibilityPage({ page, languages: [] }));
  pages.about = renderPage(AboutPage({ page }));
  return pages;
}

/** Each error page twice: with a known area and everything the page can show, and without an area. */
function renderProblems(say: Say): Record<string, string> {
  const page = makePageContext(say);
  const { area } = makeFlow(say);
  const areas = [
    { ...area, phones: ['0161 496 0002', '0161 496 0003'] },
    { ...area, id: 'bolton', phones: [] },
  ];
  const more = { reference: say('8f2c'), goOn: { href: '/areas/bury', words: say('Go on here') } };
  return Object.fromEntries(
    (Object.keys(PROBLEMS) as ProblemKind[]).flatMap((kind) => [
      [`problem ${kind}`, renderPage(ProblemPage({ page, kind, ...more }))],
      [`problem ${kind}, area unknown`, renderPage(ProblemPage({ page: { ...page, area: undefined }, kind, areas }))],
    ]),
  );
}

export function renderAnswer(appended: boolean, say: Say = (words) => words): string {
  const flow = makeFlow(say);
  const position = walk(flow, { danger: 'no' });
  const turn = openTurn(flow, position);
  if (turn === undefined) throw new Error('no question is open');
  const page = makePageContext(say);
  const props = {
    page,
    token: 'token',
    turns: pastTurns(flow, position),
    appended,
    at: consultationPaths(ID),
    turn,
    seen: 0,
  };
  return renderFragment(AnswerFragment(props));
}
