/** A small invented flow with every type of question. `say` produces each text, so that a test can make it hostile. */
import { type Consultation, readConsultation } from '../../server/consultation/consultation.ts';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { describeResult, type Result } from '../../server/consultation/result.ts';
import type { Flow, Question } from '../../server/flow/flow.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import type { AreaLine, PageContext } from '../../views/kit/page-context.ts';

export type Say = (words: string) => string;
const plain: Say = (words) => words;

export const TODAY = '2026-11-22';
export const ID = '0192c1d4-7a1b';

export function makeQuestion(
  id: string,
  type: Question['type'],
  say: Say = plain,
  more: Partial<Question> = {},
): Question {
  const choices =
    type === 'yes or no'
      ? ['yes', 'no']
      : type === 'one of' || type === 'several of'
        ? ['first', 'second', 'third']
        : [];
  return {
    id,
    text: say(`A question about ${id}?`),
    why: say('It decides who has to hear of it.'),
    type,
    help: say('Longer help.'),
    define: ['term'],
    cite: ['DOC 5.7'],
    unknown: {
      label: say('I don’t know'),
      ask: 'door',
      text: say('The front door can tell.'),
      whoKnows: say('The school'),
    },
    options: choices.map((option) => ({
      id: option,
      text: say(`Option ${option}`),
      help: say('More.'),
      cite: [],
      level: 2,
    })),
    groups: [],
    rising: false,
    exceptions: [],
    forRecord: false,
    ...(type === 'several of' && { none: say('None of these') }),
    ...more,
  };
}

export function makeFlow(say: Say = plain): Flow {
  const questions = [
    makeQuestion('danger', 'yes or no', say),
    makeQuestion('signs', 'several of', say, { groups: [{ id: 'home', title: say('At home') }] }),
    makeQuestion('age', 'number', say, { from: 0, to: 18, unit: say('years') }),
    makeQuestion('seen', 'date', say),
    makeQuestion('words', 'long text', say),
    makeQuestion('role', 'short text', say),
  ];
  const signs = questions[1] as Question;
  signs.options = signs.options.map((option) => ({
    ...option,
    group: 'home',
    level: option.id === 'first' ? 3 : 2,
    parents: 'ask first',
    consent: 'weigh',
    police: 'consider',
  }));
  return {
    id: 'sample',
    title: say('Sample'),
    reader: 'professional',
    area: {
      id: 'bury',
      name: say('Bury'),
      frontDoor: 'door',
      frontDoorName: say('MASH'),
      referenceLetter: 'B',
      scale: ['One', 'Two', 'Three', 'Four'].map(say),
      scaleName: 'Level',
    },
    parts: makeParts(say, questions),
    questions: Object.fromEntries(questions.map((question) => [question.id, question])),
    contacts: makeContacts(say),
    sources: makeSources(say),
    next: makeNext(say),
    record: { what: { id: 'what', write: say('What you saw'), cite: ['DOC 5.7'] } },
    definitions: {
      term: { id: 'term', term: say('Term'), text: say('Explained.'), cite: ['DOC 5.7'], also: [say('Old term')] },
    },
    holidays: [],
  };
}

function makeParts(say: Say, questions: readonly Question[]): Flow['parts'] {
  return {
    sample: {
      id: 'sample',
      title: say('Sample'),
      cite: ['DOC 5.7'],
      returns: [],
      mayKnow: [],
      steps: [
        { kind: 'say', id: 'hello', text: say('Hello.'), cite: ['DOC 5.7'] },
        ...questions.map(({ id }) => ({ kind: 'ask' as const, id, question: id })),
        {
          kind: 'advise',
          id: 'mind',
          text: say('Keep this in mind.'),
          cite: ['DOC 5.7'],
          contacts: ['mail'],
          returns: false,
        },
        {
          kind: 'end',
          id: 'ring',
          action: say('Ring the hub'),
          within: '1 working day',
          contacts: ['door', 'two'],
          cite: ['DOC 5.7'],
          level: 2,
          next: ['form', 'plan'],
          record: ['what'],
          text: say('Then write it down.'),
        },
      ],
    },
  };
}

function makeContacts(say: Say): Flow['contacts'] {
  const door = { id: 'door', name: say('The hub'), for: say('Every referral'), cite: ['DOC 5.7'], note: say('A note') };
  return {
    door: {
      ...door,
      phones: [{ number: '0161 253 5678', cite: ['DOC 5.7'] }],
      hours: say('Nine to five'),
      email: 'hub@example.org',
      web: 'https://example.org/hub',
    },
    two: {
      ...door,
      id: 'two',
      phones: [
        { number: '0161 718 2118', label: say('one page'), cite: [] },
        { number: '0161 718 2188', label: say('another'), cite: [] },
      ],
      conflict: say('Two numbers.'),
    },
    mail: {
      ...door,
      id: 'mail',
      phones: [],
      email: 'mail@example.org',
      checkedOn: '2026-11-01',
      web: say('javascript:alert(1)'),
    },
  };
}

function makeSources(say: Say): Flow['sources'] {
  return {
    DOC: {
      id: 'DOC',
      title: say('The document'),
      publisher: say('The board'),
      published: 'undated',
      checked: say('read'),
      replacedBy: say('NEW'),
      note: say('Old.'),
      paragraphs: { '5.7': say('Referral') },
    },
  };
}

function makeNext(say: Say): Flow['next'] {
  return {
    form: {
      id: 'form',
      do: say('Send the form'),
      who: say('you, with your manager'),
      with: 'door',
      within: '7 working days',
      from: 'referral',
      note: say('Soon.'),
      cite: ['DOC 5.7'],
    },
    plan: {
      id: 'plan',
      do: say('Write the plan'),
      who: say('the hub'),
      within: '10 working days',
      cite: ['DOC 5.7'],
    },
  };
}

export function makeAnswers(say: Say = plain): Answers {
  return {
    danger: 'no',
    signs: ['first', 'second', 'unknown'],
    age: 12,
    seen: '2026-03-27',
    words: say('What I saw.'),
    role: 'unknown',
  };
}

export function makeResult(flow: Flow, answers: Answers): Result {
  return describeResult({ flow, position: walk(flow, answers), answers }, { opened: TODAY, today: TODAY });
}

export function makeConsultation(answers: Answers, more: Happening[] = []): Consultation {
  const opened: Happening = {
    kind: 'opened',
    area: 'bury',
    flow: 'sample',
    version: '4643c65887b73b23',
    reference: 'B 48 29 17 35 2',
  };
  const given = Object.entries(answers).map(
    ([question, answer]): Happening => ({ kind: 'answered', question, answer }),
  );
  const entries = [opened, ...given, ...more].map(
    (what, index): Entry => ({ number: index + 1, at: '2026-11-22T14:03:00Z', by: 'professional', what }),
  );
  return readConsultation(ID, entries);
}

export function makePageContext(say: Say = plain): PageContext & { area: AreaLine } {
  const assets = {
    styles: '/static/app.css',
    restOfStyles: '/static/rest.css',
    script: '/static/app.js',
    firstScript: '/static/first.js',
    conversation: '/static/conversation.js',
    exit: '/static/exit.js',
    desk: '/static/desk.js',
    handoverSheet: '/static/handover-sheet.js',
    passkey: '/static/passkey.js',
    numbers: '/static/numbers.js',
    icon: '/static/icon.svg',
  };
  return {
    assets,
    token: 'token',
    area: { id: 'bury', name: say('Bury'), frontDoorName: say('MASH'), phones: ['0161 253 5678'] },
  };
}
