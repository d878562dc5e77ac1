/**
 * The duty desk of a small area as it is compiled; and the report of each mistake in it, with its place and full text.
 */

import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { type Desk, fieldsFor, findOutcome } from '../../server/flow/desk.ts';
import { DESK_DECISIONS } from '../../server/flow/desk-decisions.ts';
import { swap, TODAY } from './small-content.ts';
import { deskTown } from './small-desk.ts';

const load = (changes: Parameters<typeof deskTown>[0] = {}) => loadLibrary(deskTown(changes), TODAY);
const deskOf = (changes: Parameters<typeof deskTown>[0] = {}) => load(changes).library.areas.get('town')?.desk;
const told = (changes: Parameters<typeof deskTown>[0]) =>
  load(changes).problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);

it('the small desk has no problem', () => {
  expect(load().problems).toStrictEqual([]);
});

describe('a desk', () => {
  it('has its times, its retention periods, and the steps of a dispute', () => {
    expect(deskOf()).toMatchObject({
      claimWithin: '1 hour',
      answerWithin: '2 days',
      cite: ['DOC 1'],
      note: 'A proposal.',
      retention: {
        from: 'the outcome',
        withoutOutcome: '5 years',
        neverAsked: '1 year',
        searches: '6 months',
        note: 'To be confirmed.',
        cite: ['DOC 1'],
      },
      holidays: [],
    });
    expect(deskOf()?.dispute).toStrictEqual({
      steps: [
        { id: 'talk', do: 'Talk', who: 'Both', within: '1 day', with: 'The desk, 0161 496 0000', cite: ['DOC 2'] },
        { id: 'more', do: 'Talk more', who: 'Everybody', cite: ['DOC 1'] },
      ],
      message: 'About {reference} of {date}, {outcome}, by {decided by}, until {answer by}.',
    });
    expect(deskOf({ 'town/desk.yaml': swap('  note: A proposal.\n', '') })).not.toHaveProperty('note');
  });

  it('has the area’s fields, then the national ones', () => {
    const fields = deskOf()?.fields ?? [];
    expect(fields.slice(0, 2)).toStrictEqual([
      {
        id: 'told',
        label: 'Were the parents told?',
        hint: 'If not, why not',
        type: 'yes or no',
        options: [
          { id: 'yes', text: 'Yes' },
          { id: 'no', text: 'No' },
        ],
        neededFor: ['early_help', 'urgent_route'],
        reasonFor: ['no'],
        reasonAlways: false,
        levels: [2, 3],
        flows: ['worry'],
        answeredBy: [],
        answerMeans: {},
        afterwards: false,
        cite: ['DOC 1'],
      },
      {
        id: 'course',
        label: 'What was agreed',
        type: 'long text',
        options: [],
        neededFor: deskOf()?.outcomes.map(({ id }) => id),
        reasonFor: [],
        reasonAlways: true,
        levels: [],
        flows: [],
        answeredBy: [],
        answerMeans: {},
        afterwards: false,
        cite: ['DOC 2'],
      },
    ]);
    expect(fields[2]).toMatchObject({ neededFor: [], reasonFor: [], reasonAlways: false, counts: 'residence' });
    expect(fields.map(({ id }) => id)).toStrictEqual([
      ...['told', 'course', 'home'],
      ...['concern', 'age', 'gender', 'ethnicity', 'incident', 'looked_after'],
    ]);
  });

  it('has all outcomes in one order, with the area’s own words instead of the national ones', () => {
    const outcomes = deskOf()?.outcomes ?? [];
    const written = new Map([
      ['early_help', 'Early help'],
      ['no_further_action', 'Nothing more'],
    ]);
    expect(outcomes.map(({ id, label }) => [id, label])).toStrictEqual(
      DESK_DECISIONS.map((id) => [id, written.get(id) ?? `As ${id}`]),
    );
    expect(outcomes[0]).toStrictEqual({
      id: 'advice_only',
      label: 'As advice_only',
      forReferrer: 'Who does advice_only',
      needsReason: false,
      decidedBy: [],
      reviewed: false,
      countersignedBy: [],
      departsAt: [],
      next: [],
      nextIfAdvised: [],
      keep: '6 years',
      cite: ['NAT 2'],
    });
    expect(outcomes[1]).toStrictEqual({
      id: 'early_help',
      label: 'Early help',
      forReferrer: 'You plan',
      hint: 'A plan',
      needsReason: true,
      decidedBy: ['The manager'],
      reviewed: true,
      countersignedBy: [],
      departsAt: [],
      next: [
        {
          id: 'visit',
          do: 'Visit',
          who: 'The desk',
          whose: 'others',
          within: '3 days',
          with: 'Police, 101, 999, police@example.org',
          cite: ['NAT 1'],
        },
        { id: 'letter', do: 'Write', who: 'The desk', whose: 'others', cite: ['NAT 2'] },
      ],
      nextIfAdvised: [],
      tellWithin: '1 day',
      keep: '2 years',
      cite: ['DOC 2'],
    });
  });

  it('is undefined if the area has none, even if there is national content for one', () => {
    const { library } = loadLibrary(
      deskTown().filter(({ folder, name }) => folder === 'national' || name !== 'desk.yaml'),
      TODAY,
    );
    expect(library.areas.get('town')).not.toHaveProperty('desk');
    expect(library.areas.get('national')).not.toHaveProperty('desk');
  });
});

const DESK = 'town/desk.yaml';
const without = (from: string, to: string) => (text: string) => {
  const [start, end] = [text.indexOf(from), text.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`not found: ${from} … ${to}`);
  return text.slice(0, start) + text.slice(end);
};

describe('what is asked in a consultation', () => {
  const asked = (flow: string, level: number) => {
    const [told, course] = deskOf()?.fields ?? [];
    const desk = { fields: [told, course, { ...course, id: 'more', flows: ['other'] }] } as Desk;
    return fieldsFor(desk, flow, level).map(({ id }) => id);
  };

  it('depends on its flow and level', () => {
    expect(asked('worry', 2)).toEqual(['told', 'course']);
    expect(asked('worry', 1)).toEqual(['course']);
    expect(asked('other', 2)).toEqual(['course', 'more']);
  });

  it('ends with an outcome of the desk', () => {
    expect(findOutcome(deskOf() as Desk, 'early_help')?.label).toBe('Early help');
    expect(findOutcome(deskOf() as Desk, 'another')).toBeUndefined();
  });
});

describe('a mistake in the desk is reported', () => {
  it.each<[string, Parameters<typeof deskTown>[0], string[]]>([
    [
      'no times',
      { [DESK]: without('desk:\n', 'fields:') },
      ['1:1: say within which time the desk claims and answers: add "desk".'],
    ],
    [
      'no dispute',
      { [DESK]: (text) => text.slice(0, text.indexOf('dispute:')) },
      ['1:1: say what happens when a referrer disputes an outcome: add "dispute".'],
    ],
    [
      'nothing is said of how long it is kept',
      { [DESK]: without('retention:', 'dispute:') },
      ['1:1: say how long what was written is kept: add "retention".'],
    ],
    [
      'a blank that nothing fills',
      { [DESK]: swap('{answer by}', '{answerby} and {}') },
      [
        '63:3: nothing can be filled in for "{answerby}". Did you mean "answer by"? Known are: reference, date, outcome, decided by, answer by.',
        '63:3: nothing can be filled in for "{}". Known are: reference, date, outcome, decided by, answer by.',
      ],
    ],
    [
      'a question that nobody asks',
      { [DESK]: swap('    type: long text\n', '    type: long text\n    answered by: dangr\n') },
      [
        '20:5: no question is called "dangr". Did you mean "danger"? Write it in questions.yaml, of the area or of national.',
      ],
    ],
    [
      'an answer that means an option which is not there',
      {
        [DESK]: swap(
          '    counts: residence\n',
          '    counts: residence\n    same as: consent\n    answer means: { given: heer }\n',
        ),
      },
      ['29:21: there is no option "heer". Did you mean "here"?'],
    ],
    [
      'an answer of no question',
      { [DESK]: swap('    counts: residence\n', '    counts: residence\n    answer means: { given: here }\n') },
      ['28:21: no question of it has the answer "given".'],
    ],
    [
      'more questions for a field that the nation does not have',
      { [DESK]: swap('outcomes:\n', 'also answered by:\n  agee: { questions: [danger] }\noutcomes:\n') },
      [
        '31:3: national/desk.yaml has no field "agee". Did you mean "age"? For a field of the area say "answered by" there.',
      ],
    ],
    [
      'a blank in a text for answers that nothing fills',
      {
        [DESK]: swap(
          'outcomes:\n',
          'answers:\n  advice:\n    label: Advice\n    text: About {child}.\n    cite: DOC 1\noutcomes:\n',
        ),
      },
      ['33:5: nothing can be filled in for "{child}". Known are: reference, date, outcome, decided by, answer by.'],
    ],
    [
      'a field that the nation has',
      { [DESK]: swap('  course:', '  gender:') },
      ['17:3: "gender" stands here and in flows/national/desk.yaml. Give one of them another id.'],
    ],
    [
      'a choice of one',
      { [DESK]: swap('options: { here: Here, not_known: Not known }', 'options: { not_known: Not known }') },
      ['23:3: a choice needs at least two options.'],
    ],
    [
      'a choice of none',
      { [DESK]: swap('    options: { here: Here, not_known: Not known }\n    counts: residence\n', '') },
      [
        // The cause comes before what only follows from it.
        '23:3: a choice needs at least two options.',
        '7:1: no field feeds the figure "residence". Give one of them "counts: residence".',
      ],
    ],
    [
      'options of what is no choice',
      { [DESK]: swap('    type: long text\n', '    type: long text\n    options: { a: A, b: B }\n') },
      ['20:5: a long text has no options of its own. Take them out, or say "type: one of".'],
    ],
    [
      'a text that is counted',
      {
        [DESK]: swap('    type: one of\n    options: { here: Here, not_known: Not known }\n', '    type: short text\n'),
      },
      [
        '26:5: a short text cannot be counted, because what is typed could make a child known. Say "type: one of", with options.',
      ],
    ],
    [
      'what is counted cannot be unknown',
      { [DESK]: swap('not_known: Not known }', 'there: There }') },
      [
        '27:5: what is counted needs an option "not_known", so that nobody has to guess. Say "type: one of", and add it.',
      ],
    ],
    [
      'yes or no that is counted cannot be unknown',
      {
        [DESK]: swap('    type: one of\n    options: { here: Here, not_known: Not known }\n', '    type: yes or no\n'),
      },
      [
        '26:5: what is counted needs an option "not_known", so that nobody has to guess. Say "type: one of", and add it.',
      ],
    ],
    [
      'two fields for one figure',
      { [DESK]: swap('counts: residence', 'counts: gender') },
      [
        '7:1: "home" and "gender" both feed the figure "gender". Take "counts" out of all but one.',
        '7:1: no field feeds the figure "residence". Give one of them "counts: residence".',
      ],
    ],
    [
      'a reason for no answer',
      { [DESK]: swap('reason for: no\n', 'reason for: [yes, not]\n') },
      ['13:5: there is no answer "not". Did you mean "no"?'],
    ],
    [
      'a reason for any answer, misspelt',
      { [DESK]: swap('reason for: any answer', 'reason for: any anser') },
      ['21:5: there is no answer "any anser". Did you mean "any answer"?'],
    ],
    [
      'needed for no outcome',
      { [DESK]: swap('[early_help, urgent_route]', '[early_help, urgent_rout]') },
      ['12:5: there is no outcome "urgent_rout". Did you mean "urgent_route"?'],
    ],
    [
      'needed for every outcome, misspelt',
      { [DESK]: swap('needed for: every outcome', 'needed for: every outcom') },
      ['20:5: there is no outcome "every outcom". Did you mean "every outcome"?'],
    ],
    [
      'levels below and above the scale',
      { [DESK]: swap('levels: [2, 3]', 'levels: [0, 1, 3, 4]') },
      [
        '14:5: level 0 is not on the scale of area.yaml, which goes from 1 to 3.',
        '14:5: level 4 is not on the scale of area.yaml, which goes from 1 to 3.',
      ],
    ],
    [
      'a flow that is not there',
      { [DESK]: swap('flows: worry', 'flows: [worry, wory]') },
      [
        '15:5: no flow is called "wory". Did you mean "worry"? Write it in a file of its name, of the area or of national.',
      ],
    ],
    [
      'an outcome of which the referrer reads nothing',
      { [DESK]: swap('    for the referrer: You plan\n', '') },
      ['31:3: "for the referrer" is missing. Add it.'],
    ],
    [
      'a next step that is not there',
      { [DESK]: swap('next: [visit, letter]', 'next: [visit, lettre]') },
      [
        '38:5: no next step is called "lettre". Did you mean "letter"? Write it in timetable.yaml, of the area or of national.',
      ],
    ],
    [
      'a contact of a dispute that is not there',
      { [DESK]: swap('with: front_door', 'with: back_door') },
      ['56:7: no contact is called "back_door". Write it in contacts.yaml, of the area or of national.'],
    ],
    [
      'a wrong source of the times',
      { [DESK]: swap('  cite: DOC 1\nf', '  cite: DOC 3\nf') },
      ['6:3: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.'],
    ],
    [
      'a wrong source of a field',
      { [DESK]: swap('    flows: worry\n    cite: DOC 1', '    flows: worry\n    cite: DOC 3') },
      ['16:5: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.'],
    ],
    [
      'a wrong source of an outcome',
      { [DESK]: swap('keep: 2 years\n    cite: DOC 2', 'keep: 2 years\n    cite: DOC 3') },
      ['41:5: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.'],
    ],
    [
      'a wrong source of what is kept',
      { [DESK]: swap('confirmed.\n  cite: DOC 1', 'confirmed.\n  cite: DOC 3') },
      ['49:3: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.'],
    ],
    [
      'a wrong source of a dispute',
      { [DESK]: swap('Everybody\n      cite: DOC 1', 'Everybody\n      cite: DOC 3') },
      ['62:7: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.'],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(told(changes)).toStrictEqual(expected.map((line) => `flows/town/desk.yaml:${line}`));
  });

  it('in the national file, if that contains it', () => {
    const words = told({ 'national/desk.yaml': swap('    reason: needed\n', '') });
    expect(words).toStrictEqual([
      'flows/national/desk.yaml:39:3: no further action always needs a reason: add "reason: needed".',
    ]);
  });

  it('and an outcome that nobody writes is missed once, in the national file', () => {
    const urgent =
      '  urgent_route:\n    label: As urgent_route\n    for the referrer: Who does urgent_route\n    keep: 6 years\n    cite: NAT 2\n';
    expect(told({ 'national/desk.yaml': swap(urgent, '') })).toStrictEqual([
      'flows/national/desk.yaml:38:1: the outcome "urgent_route" is missing. Add it under "outcomes".',
    ]);
  });
});
