/** A small flow, and records of consultations in it. */
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { type ConsultationRecord, createRecord } from '../../server/consultation/record.ts';
import { describeResult } from '../../server/consultation/result.ts';
import type { Flow, Question } from '../../server/flow/flow.ts';
import { walk } from '../../server/flow/walk/walk.ts';

function question(id: string, text: string, more: Partial<Question>): Question {
  return {
    id,
    text,
    why: 'It decides what comes next.',
    type: 'yes or no',
    define: [],
    cite: ['BT 5.7'],
    unknown: { label: 'I don’t know', ask: 'mash', text: 'Ask the health visitor.', whoKnows: 'Health visitor' },
    options: [],
    groups: [],
    rising: false,
    exceptions: [],
    forRecord: false,
    ...more,
  };
}

const YES_NO = [
  { id: 'yes', text: 'Yes', cite: [], level: 5, next: ['screening'] },
  { id: 'no', text: 'No', cite: [] },
];

export const FLOW: Flow = {
  id: 'level',
  title: 'I am worried about a child. What should I do?',
  reader: 'professional',
  area: {
    id: 'bury',
    name: 'Bury',
    council: 'Bury Council',
    frontDoor: 'mash',
    frontDoorName: 'MASH',
    referenceLetter: 'B',
    scale: [
      'Level 1, universal',
      'Level 2, additional',
      'Level 3, several',
      'Level 4, in need',
      'Level 5, safeguarding',
    ],
    scaleName: 'level of need',
  },
  parts: {
    level: {
      id: 'level',
      title: 'Which level',
      cite: ['BT 5.1'],
      returns: [],
      mayKnow: [],
      steps: [
        { kind: 'say', id: 'start', text: 'Think of what you have seen and heard.', cite: ['BT 5.1'] },
        { kind: 'ask', id: 'harm', question: 'harm' },
        { kind: 'ask', id: 'signs', question: 'signs' },
        {
          kind: 'ask',
          id: 'words',
          question: 'words',
          when: { kind: 'is', fact: 'harm', how: 'any', options: ['yes'] },
        },
        {
          kind: 'advise',
          id: 'parents',
          text: 'Tell the parents only after MASH has said so.',
          cite: ['BT 5.7'],
          contacts: ['mash'],
          returns: false,
          parents: 'ask first',
          consent: 'not needed',
          record: ['why_not_told'],
        },
        {
          kind: 'end',
          id: 'refer',
          action: 'Refer to MASH now',
          within: 'today',
          text: 'Ring, then send the form.',
          contacts: ['mash'],
          cite: ['BT 5.7'],
        },
      ],
    },
  },
  questions: {
    harm: question('harm', 'Is the child at risk of significant harm?', { options: YES_NO }),
    signs: question('signs', 'Which of these have you seen?', {
      type: 'several of',
      none: 'None of these',
      options: [
        { id: 'bruises', text: 'Bruises that nobody explains', cite: ['BC 4'], level: 4 },
        { id: 'missing', text: 'Missing from home', cite: [] },
      ],
    }),
    words: question('words', 'What did the child say?', { type: 'long text', cite: ['BT 5.1'], forRecord: true }),
  },
  contacts: {
    mash: {
      id: 'mash',
      name: 'MASH',
      phones: [{ number: '0161 253 5678', label: 'day', cite: [] }],
      email: 'childwellbeing@bury.gov.uk',
      for: 'Referrals and advice',
      cite: ['BC 4'],
    },
  },
  sources: {
    BT: {
      id: 'BT',
      title: 'Thresholds: the continuum of need',
      publisher: 'Bury Integrated Safeguarding Partnership',
      published: 'after 2018',
      paragraphs: { '5.1': 'Levels', '5.7': 'Referral' },
    },
    BC: {
      id: 'BC',
      title: 'Child sexual exploitation protocol',
      publisher: 'Bury Safeguarding Children Board',
      published: 'undated',
      reviewDue: '2020-01-01',
      paragraphs: { '4': 'Signs' },
    },
  },
  next: {
    screening: {
      id: 'screening',
      do: 'Screening by MASH',
      who: 'MASH',
      with: 'mash',
      within: '1 working day',
      cite: ['BC 4'],
    },
  },
  record: { why_not_told: { id: 'why_not_told', write: 'Why the parents were not told', cite: ['BT 5.7'] } },
  definitions: {},
  holidays: [],
};

export const ANSWERS: Happening[] = [
  { kind: 'answered', question: 'harm', answer: 'yes' },
  { kind: 'answered', question: 'signs', answer: ['bruises', 'unknown'] },
  { kind: 'answered', question: 'words', answer: '“I don’t want to go home.”' },
];

/** One happening for everything that a professional can record. */
export const DEEDS: Happening[] = [
  {
    kind: 'asker named',
    asker: { name: 'Wanda Żółć', role: 'Teacher', agency: 'St Anne’s', contact: '0161 496 0000' },
  },
  { kind: 'child named', known: 'yes', name: 'محمد ظہیر' },
  { kind: 'consent recorded', consent: 'not sought', reason: 'Asking would have put the child at risk' },
  { kind: 'parents recorded', parents: 'not told', reason: 'MASH asked us to wait' },
  { kind: 'shared', what: 'Name, school, what was seen', withWhom: 'MASH, A. Duty', purpose: 'Referral' },
  { kind: 'police recorded', referred: 'no', reason: 'MASH will decide in the strategy meeting' },
  { kind: 'decided', asAdvised: 'no', decision: 'Waited until the morning', reason: 'The child was safe with an aunt' },
  { kind: 'noted', text: 'The aunt is 陳小明.\nSECOND LINE\n\n5. A HEADING THAT IS NONE' },
];

export const TOLD: Happening = { kind: 'told', spokeTo: 'A. Duty', when: 'today at 14:20', reference: 'LCS 1234' };

export function makeRecord(happenings: readonly Happening[] = ANSWERS, flow = FLOW): ConsultationRecord {
  const reference = 'B 48 29 17 35 2';
  const opened: Happening = { kind: 'opened', area: 'bury', flow: 'level', version: 'f00d', reference };
  const entries: Entry[] = [opened, ...happenings].map((what, index) => ({
    number: index + 1,
    at: new Date(Date.UTC(2026, 10, 20, 9, index)).toISOString(),
    by: 'professional',
    what,
  }));
  const consultation = readConsultation('an id', entries);
  const position = walk(flow, consultation.answers);
  const result =
    position.at.kind === 'end'
      ? describeResult({ flow, position, answers: consultation.answers }, { opened: '2026-11-20', today: '2026-11-22' })
      : undefined;
  const head = {
    position: 48_213,
    hash: 'Zk3vX0q9PmRw2LtBxx',
    at: '2026-11-22T12:29:58.000Z',
    signature: 'c2lnbmF0dXJl',
  };
  return createRecord({ consultation, flow, position, result, printedAt: '2026-11-22T12:30:00.000Z', head });
}
