/** What a word search finds: what people wrote, in every kind of entry, and none of the tool's own words. */
import { expect, it } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import { wordsOf } from '../../server/desk/written-words.ts';

const wordsIn = (what: Happening) => wordsOf([{ number: 1, at: '2026-11-22T10:00:00.000Z', by: 'duty worker', what }]);
const who = { id: 'b', name: 'Ben Ofori', role: 'duty worker' };
const due = { id: 'claim', do: 'Claim it', who: 'the duty worker', words: 'within 1 hour', from: 'the call' };

it('finds none of the tool’s own words', () => {
  const ours: Happening[] = [
    { kind: 'taken away', as: 'print' },
    { kind: 'passed on', to: who, reason: '' },
    { kind: 'taken over', from: who, reason: '' },
    { kind: 'urgency lowered', to: 'at once', reason: '' },
    { kind: 'deadline dated', deadline: 'visit', do: 'Visit the family', from: 'the first call', by: '2026-12-01' },
    {
      kind: 'field recorded',
      field: 'signs',
      label: 'Signs of harm',
      value: 'yes',
      words: 'Yes, seen',
      reason: '',
      listedAs: 'worked',
    },
    { kind: 'handed over', question: '', reach: '', urgent: 'yes', deadlines: [due] },
    { kind: 'moved', version: 'v2', why: 'The guidance was withdrawn', told: ['One answer no longer fits'] },
    { kind: 'opened', area: 'bury', flow: 'level', version: 'v1', reference: 'B 48 29 17 35 2' },
    { kind: 'answered', question: 'child_age', answer: 'under_five' },
    { kind: 'next hours recorded', chosen: [{ id: 'home', words: 'On the way home' }], note: '' },
  ];
  expect(ours.map((what) => [what.kind, wordsIn(what)])).toEqual(ours.map(({ kind }) => [kind, '']));
});

it('finds what a person wrote, wherever it is', () => {
  const theirs: [Happening, string][] = [
    [
      { kind: 'task set', task: { id: 'task_2', do: 'Ring back at six', who: 'Ben Ofori', by: '' }, to: who },
      'Ring back at six',
    ],
    [
      {
        kind: 'field recorded',
        field: 'course',
        label: 'Agreed',
        value: 'A visit',
        words: 'A visit',
        reason: 'He asked',
      },
      'A visit\nHe asked',
    ],
    [
      {
        kind: 'handover sheet taken away',
        as: 'pdf',
        lines: [{ part: 'said', label: 'What was said', words: 'He hid it' }],
      },
      'He hid it',
    ],
    [{ kind: 'answered', question: 'worry', answer: 'He has a new phone' }, 'He has a new phone'],
    [
      { kind: 'asker named', asker: { name: 'Zoë', role: 'Teacher', agency: 'Elm School', contact: '' } },
      'Zoë\nTeacher\nElm School',
    ],
    [{ kind: 'told', spokeTo: 'Jo at the hub', when: 'at noon', reference: 'C 12' }, 'Jo at the hub\nat noon\nC 12'],
  ];
  for (const [what, words] of theirs) expect([what.kind, wordsIn(what)]).toEqual([what.kind, words]);
});

it('leaves the pathway out', () => {
  expect(wordsIn({ kind: 'pathway noted', text: 'Seen at the station' })).toBe('');
});
