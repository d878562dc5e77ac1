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
import { ProblemPage } from '../../views/site/problem.tsx';
import { PROBLEMS, type ProblemKind } from '../../views/site/problems.ts';
import { StartPage } from '../../views/site/start.tsx';
import { ID, makeAnswers, makeConsultation, makeFlow, makePageContext, makeResult, type Say, TODAY } from './sample.ts';

export function renderAll(say: Say = (words) => words): Record<string, string> {
  const flow = makeFlow(say);
  const answers = makeAnswers(say);
  const page = makePageContext(say);
  const at = consultationPaths(ID);
  const pages: Record<string, string> = {};
  const asked = Object.keys(answers);
  const conversation = (upTo: number, more = {}) => {
    const position = walk(flow, Object.fromEntries(Object.entries(answers).slice(0, upTo)));
    const turn = openTurn(flow, position);
    if (turn === undefined) throw new Error('no question is open');
    return {
      page,
      reader: 'professional' as const,
      turns: pastTurns(flow, position),
      at,
      turn,
      seen: 0,
      reference: 'B 48',
      ...more,
    };
  };
  for (const [index, id] of asked.entries()) {
    pages[`question ${id}`] = renderPage(ConversationPage(conversation(index)));
    const wrong = { given: [say('wrong')], error: say('That is wrong') };
    pages[`question ${id}, refused`] = renderPage(ConversationPage(conversation(index, wrong)));
  }
  const over = walk(flow, answers);
  const change = turnToChange(flow, over, 'signs');
  if (change === undefined) throw new Error('signs was not asked');
  pages['question changed'] = renderPage(
    ConversationPage({ ...conversation(1), turn: change, changing: true, given: ['first', 'unknown'] }),
  );
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
  pages.result = renderPage(ResultPage({ page, consultation: untold, area, result, turns }));
  pages['result, told'] = renderPage(ResultPage({ page, consultation: told, area, result, turns, code: 'kx3m' }));
  for (const [name, consultation] of Object.entries({ call: untold, 'call, told': told })) {
    const script = writeCallScript({ flow, position: over, consultation, result });
    pages[name] = renderPage(CallPage({ page, consultation, area, result, script }));
  }
  const entries = describeEntries(flow, told);
  pages.record = renderPage(RecordPage({ page, consultation: told, area, result, turns, entries, code: 'kx3m' }));
  const failed = { noun: 'tellings' as const, values: { when: say('x') }, errors: { spokeTo: say('Write whom') } };
  pages['record, refused'] = renderPage(
    RecordPage({ page, consultation: untold, area, result, turns, entries: [], failed }),
  );
  const question = getQuestion(flow, 'danger');
  pages.conflict = renderPage(
    ConflictPage({
      page,
      reader: 'professional',
      at,
      question,
      saved: { words: [say('Yes')], entry: 2 },
      sent: { words: [say('a'), say('b')], raw: [say('no')] },
    }),
  );
  pages.withdrawn = renderPage(
    WithdrawnPage({ page, id: ID, reference: 'B 48', why: say('It changed.'), on: TODAY, kept: 2, replaced: true }),
  );
  Object.assign(pages, renderProblems(say));
  pages.start = renderPage(StartPage({ page: { ...page, area: undefined }, areas: [area] }));
  pages.doors = renderPage(
    DoorsPage({
      page,
      doors: [{ area: 'bury', flow: 'level', title: say('What should I do?'), help: say('Help') }],
      particular: [{ area: 'bury', flow: 'missing', title: say('A child is missing'), help: say('Help') }],
    }),
  );
  pages.return = renderPage(
    ReturnPage({ page, values: { reference: say('B') }, errors: { reference: say('That is no reference') } }),
  );
  pages.contacts = renderPage(
    ContactsPage({
      page,
      areas: [
        {
          id: 'bury',
          name: say('Bury'),
          contacts: Object.keys(flow.contacts).map((id) => showContact(flow, id, TODAY)),
        },
      ],
    }),
  );
  pages.privacy = renderPage(PrivacyPage({ page }));
  pages.accessibility = renderPage(AccessibilityPage({ page }));
  pages.about = renderPage(AboutPage({ page }));
  pages['talk, before'] = renderPage(AnonymousStartPage({ page, reader: 'child' }));
  pages['talk, question'] = renderPage(
    ConversationPage({ ...conversation(2), reader: 'child', at: anonymousPaths, reference: undefined }),
  );
  pages['talk, result'] = renderPage(AnonymousResultPage({ page, reader: 'public', area, result, turns }));
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
