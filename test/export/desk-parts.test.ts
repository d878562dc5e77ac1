/**
 * Each part of the desk's record: in the text and the JSON exports, and in the referrer's files only what they may
 * read.
 */
import { describe, expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { DeskRecord } from '../../server/consultation/desk-record.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import { recordForReferrer } from '../../server/consultation/for-referrer.ts';
import type { ConsultationRecord } from '../../server/consultation/record.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { makeRecord } from './sample.ts';

const WHO = { id: 'amina', name: 'Amina Shah', role: 'duty worker' } as const;
let number = 10;
const kept = <T extends object>(value: T) => ({
  ...value,
  number: number++,
  at: '2026-11-20T10:00:00.000Z',
  by: 'Amina Shah, duty worker',
  who: WHO,
  corrections: [],
});

const OUTCOME: DeskRecord['outcomes'][number] = {
  said: [],
  ...kept({
    kind: 'outcome recorded',
    outcome: 'advice_only',
    words: 'Advice in the open',
    reason: 'Nothing more was needed',
    decidedBy: 'Amina Shah',
    level: 2,
    advised: 'Early help',
    deadlines: [],
  }),
};

const ANSWER: DeskRecord['answers'][number] = kept({
  kind: 'referrer answered',
  how: 'by telephone',
  answer: 'Keep watching',
});

/** A record with every part filled in. Complete by its type. */
const FULL: Required<DeskRecord> = {
  state: 'closed',
  askedAt: '2026-11-20T09:30:00.000Z',
  byTelephone: true,
  questions: [kept({ text: 'Is it a referral?' })],
  reach: '0161 496 0000',
  reachFrom: {
    ...kept({}),
    corrections: [{ number: 9, at: '2026-11-20T11:00:00.000Z', by: 'May', text: '0161 496 0002', reason: '' }],
  },
  claimedBy: WHO,
  outcome: OUTCOME,
  outcomes: [OUTCOME],
  countersignature: kept({
    kind: 'outcome countersigned',
    signed: 'yes',
    reason: 'Read by May',
    deadlines: [],
  } as const),
  review: kept({ kind: 'referral reviewed', accepted: 'yes', reason: 'Reviewed inside' } as const),
  disagreement: kept({ kind: 'disagreement recorded', between: 'Nurse and school', about: 'The threshold' } as const),
  resolution: kept({ kind: 'disagreement resolved', decidedBy: 'May Hill', decision: 'Settled in private' } as const),
  answer: ANSWER,
  answers: [ANSWER],
  chasings: [kept({ kind: 'chased', whom: 'The school office', answer: 'Not yet told' } as const)],
  dispute: kept({ kind: 'disputed', why: 'I do not agree', deadlines: [] } as const),
  disputeDecision: kept({ kind: 'dispute decided', stands: 'yes', reason: 'As written' } as const),
  reopenings: [kept({ news: 'A new bruise' })],
  caseNumber: kept({ kind: 'case number recorded', caseNumber: 'LCS 77' } as const),
  files: [kept({ kind: 'file kept', file: 'Photographs', kept: 'Drawer 9' } as const)],
  discussions: [
    kept({
      kind: 'strategy discussion recorded',
      when: '20 November 2026 at 11:00',
      present: 'The police sergeant',
      agreed: 'A joint visit',
      actions: 'Visit by six',
    } as const),
  ],
  household: [
    {
      ...kept({
        kind: 'household child recorded',
        child: 'c1',
        name: 'Younger Sister',
        age: '4',
        level: 3,
        levelWords: 'Level 3',
        outcome: '',
        outcomeWords: '',
        note: 'Seen at home',
      } as const),
      earlier: [
        kept({
          kind: 'household child recorded',
          child: 'c1',
          name: 'Sister not named yet',
          age: '3',
          level: 2,
          levelWords: 'Level 2',
          outcome: '',
          outcomeWords: '',
          note: 'Heard of at school',
        } as const),
      ],
    },
  ],
  fields: [
    {
      id: 'plan',
      label: 'Plan',
      recorded: kept({
        kind: 'field recorded',
        field: 'plan',
        label: 'Plan',
        value: 'x',
        words: 'A plan of the desk',
        reason: '',
      } as const),
    },
  ],
  deadlines: [
    { id: 'ask', do: 'Ask whether told', who: 'Duty worker', words: 'today', number: 2 },
    { id: 'task_1', do: 'Ring the aunt', who: 'Amina Shah', words: 'today', number: 3 },
    {
      id: 'measure',
      do: 'Measure the risk again',
      who: 'Specialist team',
      words: 'within 3 months',
      number: 4,
    },
  ],
};

const EMPTY: Record<keyof DeskRecord, unknown> = {
  ...Object.fromEntries(Object.entries(FULL).map(([part, value]) => [part, Array.isArray(value) ? [] : undefined])),
  askedAt: '2026-11-19T09:30:00.000Z',
  byTelephone: false,
  reach: '',
} as never;

const withDesk = (desk: DeskRecord): ConsultationRecord => ({ ...makeRecord(), desk });
const parts = Object.keys(FULL) as (keyof DeskRecord)[];

describe('each part of the record of the desk', () => {
  it.each(parts)('%s is in the text and in the JSON', (part) => {
    const { [part]: _taken, ...rest } = FULL;
    const without = { ...rest, ...(EMPTY[part] !== undefined && { [part]: EMPTY[part] }) } as DeskRecord;
    const [full, less] = [withDesk(FULL), withDesk(without)];
    expect(toText(less)).not.toBe(toText(full));
    expect(JSON.stringify(toJson(less))).not.toBe(JSON.stringify(toJson(full)));
  });
});

it('nothing of the desk’s own work is in the referrer’s files', () => {
  const happenings: Happening[] = [
    { kind: 'opened', area: 'bury', flow: 'level', version: 'f00d', reference: 'B 48 29 17 35 2' },
    { kind: 'handed over', question: 'Is it a referral?', reach: '', urgent: 'no', deadlines: [] },
    { kind: 'task set', task: { id: 'task_1', do: 'Ring the aunt', who: 'Amina Shah' }, to: WHO },
    { kind: 'pathway opened', team: 'The team', referred: 'x', why: 'Risk', deadlines: [] },
  ];
  const entries = happenings.map((what, index) => ({
    number: index + 1,
    at: '2026-11-20T09:00:00.000Z',
    by: 'duty worker' as const,
    what,
  }));
  const consultation = readConsultation('an id', entries);
  const record = recordForReferrer(withDesk(FULL), consultation);
  const text = toText(record);
  for (const theirs of ['Is it a referral?', 'Advice in the open', 'Keep watching', 'I do not agree', 'As written'])
    expect(text).toContain(theirs);
  const own =
    /LCS 77|Drawer 9|police sergeant|Younger Sister|A plan of the desk|Ring the aunt|Measure the risk|Nurse and school/;
  expect(text).toMatch(/Ask whether told/);
  expect(text).not.toMatch(own);
  expect(text).not.toMatch(/Settled in private|The school office|Reviewed inside|Read by May/);
  expect(JSON.stringify(toJson(record))).not.toMatch(own);
});
