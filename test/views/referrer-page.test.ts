/**
 * What the referrer reads about the desk's work: one sentence for each fact, the newest, in whatever order children's
 * services were told, the parents were told and the desk answered.
 */
import { expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Author, Entry, Happening } from '../../server/consultation/entry.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { renderPage } from '../../views/kit/render.ts';
import { AskDutyWorkerPage } from '../../views/professional/ask-duty-worker.tsx';
import { AMINA, createCase, deskOf, library, NOW } from '../desk/desk-world.ts';
import { someOf } from '../short-form.ts';
import { makePageContext } from './sample.ts';

const DESK: Author = { by: 'duty worker', who: AMINA };
const THEY: Author = { by: 'professional' };
type Step = [Author, Happening];

const told = (more: Partial<Extract<Happening, { kind: 'told' }>> = {}): Happening => {
  return { kind: 'told', spokeTo: 'Jo Bell', when: 'today', reference: '', ...more };
};
const DUE = { id: 'answer', do: 'Answer whoever asked', who: 'the desk', by: '2026-11-23' };
const ask = (question: string): Happening => {
  return { kind: 'handed over', question, reach: '1', urgent: 'no', deadlines: [DUE] };
};
const parents = (said: 'told' | 'not told'): Happening => ({ kind: 'parents recorded', parents: said, reason: 'So' });

/** What was recorded about telling children's services → the sentence that is true then. */
const TELLINGS: [title: string, Step[]][] = [
  ['You have not told children’s services yet', []],
  ['You wrote down that you told children’s services', [[THEY, told()]]],
  ['The duty worker wrote down that they told children’s services', [[DESK, told({ toldBy: 'desk' })]]],
  ['The duty worker wrote down that you told children’s services', [[DESK, told({ toldBy: 'referrer' })]]],
  [
    'You wrote down that you told children’s services',
    [
      [DESK, told({ toldBy: 'desk' })],
      [THEY, told()],
    ],
  ],
  ['You told children’s services before this consultation was opened', [[THEY, told({ before: 'On Monday' })]]],
  [
    'Your answers have changed since you told children’s services',
    [
      [THEY, told()],
      [THEY, { kind: 'answered', question: 'child_age', answer: 4 }],
    ],
  ],
  [
    'Something was added for the duty worker after you told children’s services',
    [
      [THEY, told()],
      [THEY, ask('He was seen in the car')],
    ],
  ],
  [
    'Something was added for the duty worker after children’s services were told',
    [
      [DESK, told({ toldBy: 'desk' })],
      [THEY, ask('He was seen in the car')],
    ],
  ],
];
const TITLES = [...new Set(TELLINGS.map(([title]) => title))];

/** The same for the parents. */
const PARENTS: [sentence: string | undefined, Step[]][] = [
  [undefined, []],
  ['The parents were told: written down by you', [[THEY, parents('told')]]],
  ['The parents were not told: written down by Amina Shah', [[DESK, parents('not told')]]],
  [
    'The parents were not told: written down by Amina Shah',
    [
      [THEY, parents('told')],
      [DESK, parents('not told')],
    ],
  ],
  [
    'The parents were told: written down by you',
    [
      [DESK, parents('not told')],
      [THEY, parents('told')],
    ],
  ],
];

const deskOutcomes = deskOf('bury').outcomes;
const claimed: Step = [DESK, { kind: 'claimed' }];
const answered: Step = [DESK, { kind: 'referrer answered', how: 'by telephone', answer: 'You go on as now' }];
const outcome = (id: (typeof deskOutcomes)[number]['id']): Step => [
  DESK,
  {
    kind: 'outcome recorded',
    outcome: id,
    words: 'As recorded',
    reason: 'It is so',
    decidedBy: AMINA.name,
    level: 4,
    advised: '',
    deadlines: [],
  },
];
const outcomes = deskOutcomes.map(({ id }) => outcome(id));
const DESK_WORK: Step[][] = [
  [],
  [claimed],
  [claimed, answered],
  ...outcomes.flatMap((one) => [
    [claimed, one],
    [claimed, one, answered],
  ]),
];

function read(steps: Step[]): string {
  const world = createCase('bury', 'level');
  const at = (number: number) => new Date(Date.parse(NOW.at) + number * 60_000).toISOString();
  const all: Step[] = [[THEY, ask('Is it one for you?')], ...steps];
  const entries: Entry[] = [
    ...world.entries,
    ...all.map(([author, what], index) => ({ number: index + 2, at: at(index), ...author, what })),
  ];
  const deskCase = readDeskCase(entries);
  const area = library.areas.get('bury')?.flows.get('level')?.area;
  if (deskCase === undefined || area === undefined) throw new Error('nothing to show');
  const page = AskDutyWorkerPage({
    page: makePageContext((words) => words),
    consultation: readConsultation('c', entries),
    desk: deskOf('bury'),
    area,
    finished: true,
    isAway: false,
    deskCase,
  });
  return renderPage(page)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

it('says only the newest about each fact, in every combination', () => {
  for (const [title, telling] of TELLINGS)
    for (const [sentence, telledParents] of PARENTS)
      for (const work of someOf(DESK_WORK, 3)) {
        // The desk's work before and after what was recorded.
        for (const steps of [
          [...work, ...telling, ...telledParents],
          [...telledParents, ...telling, ...work],
        ]) {
          const text = read(steps);
          const kinds = steps.map(([{ by }, { kind }]) => `${by}: ${kind}`);
          expect([kinds, TITLES.filter((one) => text.includes(one))]).toEqual([kinds, [title]]);
          const ofParents = text.match(/The parents were (?:not )?told: written down by [A-Za-z]+(?: Shah)?/g) ?? [];
          expect([kinds, ofParents]).toEqual([kinds, sentence === undefined ? [] : [sentence]]);
          const isDone = telling.length > 0 || sentence?.startsWith('The parents were told') === true;
          // An answer is due until there is one, and referrers never wait without a number to ring.
          const last = steps
            .map(([, { kind }]) => kind)
            .findLast((kind) => /^(handed over|referrer answered)$/.test(kind));
          expect([kinds, text.includes('An answer is due')]).toEqual([kinds, last !== 'referrer answered']);
          expect([kinds, /ring MASH|: ring \S/.test(text)]).toEqual([kinds, true]);
          // What the area asks of them by the outcome does not contradict what has been done by now.
          const hasOutcome = text.includes('Outcome: As recorded');
          expect([kinds, text.includes('do what is still open')]).toEqual([kinds, hasOutcome && isDone]);
          expect([kinds, /have not been told by|nobody has been told|Nothing was sent to anybody/.test(text)]).toEqual([
            kinds,
            false,
          ]);
        }
      }
});

const since: [title: string, Step][] = [
  ['asked again', [THEY, ask('He was seen in the car')]],
  ['reopened', [DESK, { kind: 'reopened', news: 'He was seen in the car', deadlines: [DUE] }]],
];

it.each(since)('what the desk said before it was %s is kept, and marked as earlier', (_, news) => {
  for (const work of DESK_WORK.filter(({ length }) => length > 1)) {
    const kinds = work.map(([, { kind }]) => kind);
    const [before, after] = [read(work), read([...work, news])];
    const isAnswered = kinds.includes('referrer answered');
    const isDecided = kinds.includes('outcome recorded');
    expect(before).not.toMatch(/Earlier (answer|outcome)/);
    expect([kinds, /Earlier answer \([^)]+\) ?: You go on as now/.test(after)]).toEqual([kinds, isAnswered]);
    expect([kinds, after.includes('Earlier outcome, which is open again: As recorded')]).toEqual([kinds, isDecided]);
  }
});
