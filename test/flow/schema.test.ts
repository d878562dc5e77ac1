/** What each key accepts and refuses, and the message for the author. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as schema from '../../server/flow/language/schema.ts';
import { desk } from '../../server/flow/language/schema-desk.ts';
import { id } from '../../server/flow/language/schema-words.ts';

const told = (type: z.ZodType, value: unknown) => type.safeParse(value).error?.issues.map(({ message }) => message);
const made = (type: z.ZodType, value: unknown) => type.parse(value);

const { shape: deskShape } = desk;
const times = deskShape.desk.unwrap().shape;
const field = deskShape.fields.unwrap().valueType.shape;
const retention = deskShape.retention.unwrap().shape;
const workedCase = schema.workedCase.shape;
const always = schema.safetyRule.shape.always.unwrap().shape;

const ID = 'an id has small letters, digits and underscores, and begins with a letter';
const DAY = 'a date such as 2026-11-22';
const TIME = 'at once, or such as 30 minutes, 2 hours, 1 working day';
const END_TIME = 'at once, today, no set time, or a number with hours, days, working days, weeks or months';
const units = (most: string, all: string[]) => all.flatMap((unit) => [`1 ${unit}`, `${most} ${unit}s`]);

const TEXTS: [name: string, type: z.ZodType, good: string[], bad: string[], message: string][] = [
  ['an id', id, ['a', 'a1_b', 'z'], ['', 'A', '1a', '_a', 'aB', 'a-b', 'a ', ' a', 'a b'], ID],
  [
    'a whole number',
    schema.marks.level.unwrap(),
    ['0', '-1', '123456789'],
    ['', '1.5', 'x1', '1x', '1234567890', '--1'],
    'a number of the scale, or "highest"',
  ],
  [
    'a day',
    schema.holidays.shape.until,
    ['2026-11-22'],
    ['', '26-11-22', '2026-1-22', '2026-11-2', 'x2026-11-22', '2026-11-22x', '2026/11/22', '2026-11-'],
    DAY,
  ],
  [
    'a day or today',
    schema.question.shape['not after'].unwrap(),
    ['today', '2026-11-22'],
    ['', 'now', '22.11.2026'],
    'a date such as 2026-11-22, or "today"',
  ],
  [
    'the time of an end',
    schema.steps.end.shape.within,
    ['at once', 'today', 'no set time', ...units('999', ['hour', 'day', 'working day', 'week', 'month'])],
    ['', 'now', 'xtoday', 'todayx', '1', '1 year', '1000 days', 'x days', ' 1 day', '1  day', '1 dayss'],
    END_TIME,
  ],
  [
    'the time of a next step',
    schema.nextStep.shape.within.unwrap(),
    ['at once', 'today', ...units('999', ['hour', 'day', 'working day', 'week', 'month'])],
    ['', 'xtoday', 'todayx', 'xat once', 'at oncex', '1000 days', 'x days', '1 minute', '2 hoursx'],
    'at once, today, or such as 7 working days',
  ],
  [
    'a time of the desk',
    times['claim within'],
    ['at once', ...units('999', ['minute', 'hour', 'day', 'working day', 'week', 'month'])],
    ['', 'today', 'xat once', 'at oncex', '1000 days', 'x days', '1 year', '2 hoursx'],
    TIME,
  ],
  [
    'when at once is late',
    times['at once is late after'],
    units('999', ['minute', 'hour']),
    ['', 'at once', '1 day', '1000 minutes', 'x minutes', 'x1 hour', '1 hourx'],
    'such as 30 minutes or 1 hour',
  ],
  [
    'how long something is kept',
    retention.searches,
    units('999', ['month', 'year']),
    ['', '1 day', '1000 years', 'x years', 'x1 year', '1 yearx'],
    'such as 6 years',
  ],
  [
    'a level of the desk',
    field.levels.unwrap().in.options[1],
    ['0', '9'],
    ['', '10', 'x', 'x1', '1x'],
    'a level of the scale',
  ],
  [
    'the letter of references',
    schema.area.shape['reference letter'],
    ['A', 'Z'],
    ['', 'a', 'AB', '1', ' A', 'A '],
    'one capital letter',
  ],
  [
    'when a law is in force',
    schema.source.shape['in force from'].unwrap(),
    ['not known', '2026-11-22'],
    ['', 'soon'],
    'a date such as 2026-11-22, or "not known"',
  ],
  [
    'when a contact was checked',
    schema.contact.shape['checked on'],
    ['not checked', '2026-11-22'],
    ['', 'soon'],
    'a date such as 2026-11-22, or "not checked"',
  ],
];

describe('a text', () => {
  it.each(TEXTS)('that is %s', (...[, type, good, bad, message]) => {
    for (const text of good) expect([text, told(type, text)]).toEqual([text, undefined]);
    for (const text of bad) expect([text, told(type, text)]).toEqual([text, [message]]);
  });

  it('is a number if one is required', () => {
    expect(made(schema.marks.level, '-12')).toBe(-12);
    expect(made(field.levels.unwrap(), ['1', '2'])).toEqual([1, 2]);
  });

  it('must not be empty, or have spaces around it', () => {
    expect(made(schema.source.shape.title, ' two words ')).toBe('two words');
    expect(told(schema.source.shape.title, ' ')).toHaveLength(1);
    expect(made(field.label, ' two words ')).toBe('two words');
    expect(told(field.label, ' ')).toHaveLength(1);
  });
});

describe('a list', () => {
  it.each<[string, z.ZodType]>([
    ['of a flow', schema.flow.shape.cite],
    ['of the desk', times.cite],
  ])('%s may be a single item, and needs at least one', (_name, type) => {
    expect(made(type, 'DOC 1')).toEqual(['DOC 1']);
    expect(made(type, ['DOC 1', 'DOC 2'])).toEqual(['DOC 1', 'DOC 2']);
    expect(told(type, [])).toHaveLength(1);
    expect(told(type, {})).toHaveLength(1);
  });

  it('of everything that comes out may be empty', () => {
    const { next } = workedCase.exactly.unwrap().shape;
    expect(made(next, [])).toEqual([]);
    expect(made(next, 'write')).toEqual(['write']);
    expect(made(next, ['write', 'visit'])).toEqual(['write', 'visit']);
    expect(told(next, 'Write')).toHaveLength(1);
  });

  it('needs at least one item if it may not be empty', () => {
    const least: [z.ZodType, unknown][] = [
      [schema.steps.end.shape.contacts, 'desk'],
      [schema.flow.shape.steps, {}],
      [schema.holidays.shape.days, '2026-11-22'],
    ];
    for (const [type, item] of least) {
      expect(told(type, [])).toHaveLength(1);
      expect(told(type, [item])).toBeUndefined();
    }
  });
});

describe('a rule', () => {
  it.each<[string, z.ZodType]>([
    ['that is carried', schema.flow.shape.rules],
    ['of the documents', schema.requirements.shape.requirements.keyType],
  ])('%s has one or two letters and one or two digits', (_name, type) => {
    for (const good of ['B1', 'BT1', 'BT12']) expect([good, told(type, good)]).toEqual([good, undefined]);
    for (const bad of ['', 'b1', 'BTX1', 'BT', 'BT123', '1', 'xBT1', 'BT1x']) expect(told(type, bad)).toHaveLength(1);
  });

  it('is reported as such', () => {
    expect(told(schema.requirements.shape.requirements.keyType, 'x')).toEqual(['a rule such as BT5']);
    expect(JSON.stringify(schema.flow.safeParse({ rules: 'x' }).error?.issues)).toContain('a rule such as BT5');
  });
});

describe('an id of its own kind', () => {
  it.each<[string, z.ZodType, string[], string[]]>([
    ['of a source', schema.sources.shape.sources.keyType, ['D', 'Doc_1'], ['', 'd', '1D', 'D-1', 'D 1']],
    ['of a level', schema.area.shape.scale.keyType, ['0', '9'], ['', '10', 'x', 'x1', '1x']],
    [
      'of a version',
      schema.withdrawn.shape.withdrawn.element.shape.version,
      ['0123456789abcdef'],
      ['', '0123456789abcde', '0123456789abcdef0', '0123456789abcdeg', 'x0123456789abcdef', '0123456789ABCDEF'],
    ],
  ])('%s', (_name, type, good, bad) => {
    for (const text of good) expect([text, told(type, text)]).toEqual([text, undefined]);
    for (const text of bad) expect([text, told(type, text)?.length]).toEqual([text, 1]);
  });

  it('of a level is reported', () => {
    expect(told(schema.area.shape.scale.keyType, 'x')).toEqual(['a number']);
  });
});

describe('a block', () => {
  const strict: [string, z.ZodType, object][] = [
    ['unknown', schema.unknown, {}],
    ['option', schema.question.shape.options.unwrap().valueType, { text: 'A' }],
    ['each', schema.question.shape.each.unwrap(), {}],
    ['group', schema.question.shape.groups.unwrap().valueType, { title: 'A', options: {} }],
    [
      'exception',
      schema.question.shape['order exceptions'].unwrap().element,
      { option: 'a', why: 'So', cite: 'DOC 1' },
    ],
    ['say', schema.steps.say, { say: 'a', text: 'A', cite: 'DOC 1' }],
    ['ask', schema.steps.ask, { ask: 'a' }],
    ['advise', schema.steps.advise, { advise: 'a', text: 'A', cite: 'DOC 1' }],
    ['call', schema.steps.call, { call: 'a' }],
    ['end', schema.steps.end, { end: 'a', action: 'A', within: 'today', contacts: ['a'], cite: 'DOC 1' }],
    ['door', schema.area.shape.doors.valueType, { title: 'A', for: 'child' }],
    ['phone', schema.contact.shape.phones.unwrap().element, { number: '1' }],
    ['rule', schema.safetyRule, { says: 'A', whenever: {}, cite: 'DOC 1' }],
    ['expected', schema.safetyRule.shape.always.unwrap(), {}],
    ['case', schema.workedCase, { flow: 'a', story: 'A', answers: { a: 'b', c: ['d'] } }],
    ['exactly', workedCase.exactly.unwrap(), {}],
    ['requirement', schema.requirements.shape.requirements.valueType, { says: 'A' }],
    [
      'withdrawal',
      schema.withdrawn.shape.withdrawn.element,
      { version: '0123456789abcdef', on: '2026-01-01', why: 'A' },
    ],
    ['retired', schema.retired.shape.retired.valueType, { on: '2026-01-01', why: 'A' }],
    [
      'times of the desk',
      deskShape.desk.unwrap(),
      { 'claim within': 'at once', 'answer within': 'at once', 'at once is late after': '30 minutes', cite: 'A 1' },
    ],
    ['dispute', deskShape.dispute.unwrap(), { steps: { a: { do: 'A', who: 'B', cite: 'A 1' } }, message: 'M' }],
  ];
  it.each(strict)('"%s" allows no other key', (_name, type, least) => {
    expect(told(type, least)).toBeUndefined();
    expect(told(type, { ...least, more: 'x' })).toHaveLength(1);
  });

  it.each<[string, z.ZodType, string[]]>([
    ['reader', schema.area.shape.doors.valueType.shape.for, ['professional', 'public', 'child']],
    ['order', schema.question.shape.order.unwrap(), ['rising']],
    ['record', schema.question.shape['for the record'].unwrap(), ['yes']],
    ['then', schema.steps.advise.shape.then.unwrap(), ['return']],
    ['returns', schema.flow.shape.returns.unwrap(), ['parents', 'consent', 'police', 'level']],
    [
      'type',
      schema.question.shape.type,
      ['yes or no', 'one of', 'several of', 'short text', 'long text', 'number', 'date'],
    ],
    ['consent', always.consent, ['needed', 'weigh', 'given', 'not needed']],
    ['police', always.police, ['consider', 'report', 'call 999']],
    ['parents', always.parents, ['tell', 'as the child wishes', 'ask first', 'do not tell']],
    ['type of a field', field.type, ['yes or no', 'one of', 'number', 'short text', 'long text']],
    [
      'what is counted',
      field.counts.unwrap(),
      ['concern', 'age', 'gender', 'ethnicity', 'residence', 'incident', 'looked after'],
    ],
    ['what it is kept from', retention.from, ['the outcome', 'the last entry']],
    ['reason', deskShape.outcomes.unwrap().valueType.shape.reason.unwrap(), ['needed', 'wanted']],
    ['review', deskShape.outcomes.unwrap().valueType.shape['reviewed by'].unwrap(), ['operational manager']],
  ])('"%s" is an allowed word', (_name, type, words) => {
    for (const word of words) expect([word, told(type, word)]).toEqual([word, undefined]);
    expect(told(type, 'other')).toHaveLength(1);
    expect(told(type, '')).toHaveLength(1);
  });

  it('of a case has its own times', () => {
    expect(made(workedCase.must, { times: { call: 'at once' }, level: '2' })).toEqual({
      times: { call: 'at once' },
      level: 2,
    });
    expect(told(workedCase['must not'], { times: { call: 'at once' } })).toHaveLength(1);
  });
});
