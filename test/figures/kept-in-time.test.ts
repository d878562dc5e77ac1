/** The first request counts by its first answer; a later request has its own deadline and its own line. */
import { expect, it } from 'vitest';
import type { DeadlineSet } from '../../server/consultation/desk-happening.ts';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { countConsultation } from '../../server/figures/facts.ts';
import { figureKinds } from '../../server/figures/kinds.ts';
import { deskOf, NOW } from '../desk/desk-world.ts';
import { FLOW } from '../export/sample.ts';

const due = (id: string, by?: string): DeadlineSet => ({ id, do: id, who: 'Desk', ...(by !== undefined && { by }) });
const answer: Happening = { kind: 'referrer answered', how: 'by telephone', answer: 'Wait' };
const asked = (...deadlines: DeadlineSet[]): Happening => ({
  kind: 'handed over',
  question: '?',
  reach: '',
  urgent: 'no',
  deadlines,
});
const reopened = (by: string): Happening => ({ kind: 'reopened', news: '!', deadlines: [due('answer', by)] });
const closed: Happening = {
  kind: 'outcome recorded',
  outcome: 'advice_only',
  words: 'Advice',
  reason: '',
  decidedBy: 'May',
  level: 2,
  advised: '',
  deadlines: [],
};

/** Each happening at noon on a day in November 2026. */
function factsOf(...happened: [number, Happening][]) {
  const opened: Happening = { kind: 'opened', area: 'bury', flow: 'level', version: '1', reference: 'B' };
  const entries: Entry[] = [[1, opened] as const, ...happened].map(([day, what], index) => ({
    number: index + 1,
    at: new Date(Date.UTC(2026, 10, day, 12)).toISOString(),
    by: 'duty worker',
    what,
  }));
  const facts = countConsultation(entries)?.facts ?? {};
  return ['deadline answer', 'deadline answer again', 'deadline claim', 'deadline claim again'].map((id) => facts[id]);
}

it.each<[string, [number, Happening][], string[]]>([
  [
    'answered in time, reopened and not answered yet',
    [
      [2, asked(due('answer', '2026-11-03'))],
      [3, answer],
      [4, closed],
      [5, reopened('2026-11-09')],
    ],
    ['kept', 'open 2026-11-09', '', ''],
  ],
  [
    'answered late, and in time when it was reopened',
    [
      [2, asked(due('answer', '2026-11-03'))],
      [5, answer],
      [6, reopened('2026-11-09')],
      [7, answer],
    ],
    ['late', 'kept', '', ''],
  ],
  [
    'reopened before anybody had answered: the first answer is one to both',
    [
      [2, asked(due('answer', '2026-11-03'))],
      [4, closed],
      [5, reopened('2026-11-09')],
      [6, answer],
    ],
    ['late', 'kept', '', ''],
  ],
  [
    'answered, asked again by the referrer, late the second time and in time the third',
    [
      [2, asked(due('claim', '2026-11-02'), due('answer', '2026-11-03'))],
      [2, { kind: 'claimed' }],
      [3, answer],
      [4, closed],
      [5, asked(due('claim', '2026-11-05'), due('answer', '2026-11-06'))],
      [6, { kind: 'claimed' }],
      [9, answer],
      [10, reopened('2026-11-12')],
      [11, answer],
    ],
    ['kept', 'late', 'kept', 'late'],
  ],
  [
    'claimed in time, handed back and claimed late',
    [
      [2, asked(due('claim', '2026-11-02'))],
      [2, { kind: 'claimed' }],
      [3, { kind: 'handed back', reason: '!' }],
      [4, { kind: 'claimed' }],
    ],
    ['', '', 'kept', ''],
  ],
  [
    'not agreed: the referrer is answered anew',
    [
      [2, asked(due('answer', '2026-11-03'))],
      [2, answer],
      [3, closed],
      [
        4,
        {
          kind: 'dispute decided',
          stands: 'no',
          reason: '!',
          instead: {
            outcome: 'advice_only',
            words: '',
            level: 2,
            advised: '',
            deadlines: [due('answer', '2026-11-05')],
          },
        },
      ],
    ],
    ['kept', 'open 2026-11-05', '', ''],
  ],
  [
    'whose time runs from something later',
    [
      [2, asked(due('answer'))],
      [3, { kind: 'deadline dated', deadline: 'answer', from: 'the call', by: '2026-11-04' }],
      [5, answer],
    ],
    ['late', '', '', ''],
  ],
])('a consultation that was %s', (_name, happened, facts) => {
  expect(factsOf(...happened)).toEqual(facts);
});

it('is explained beside the figure', () => {
  const sentences = figureKinds(deskOf('bury'), FLOW.area, NOW).map(({ id, describe }) => [id, describe([], 0)]);
  expect(Object.fromEntries(sentences)).toMatchObject({
    'deadline answer': expect.stringContaining('by its first answer'),
    'deadline answer again': expect.stringContaining('answered anew'),
  });
});
