/** Nobody has to write a fact twice: an answer is offered beside the matching field, and one press copies it. */
import { expect, it } from 'vitest';
import type { DeskCase } from '../../server/desk/desk-case.ts';
import { knownFactsFor, knownOfPart, takeKnown } from '../../server/desk/known-facts.ts';
import { deskOf, library } from './desk-world.ts';

const desk = deskOf('bolton');
const field = (id: string) => desk.fields.find((one) => one.id === id) as (typeof desk.fields)[number];
const flow = library.areas.get('bolton')?.flows.get('consultation');
if (flow === undefined) throw new Error('no flow');
const consultation = {
  answeredBy: {},
  answers: { open_to_social_care: 'unknown', signs: ['violence', 'gangs_knives'] },
};

const facts = { ...consultation, shared: [] };
const knownOf = (id: string, answers: Record<string, string | number | string[]>) =>
  knownFactsFor(field(id), flow, { ...facts, answers }).map(({ words, value }) => [words, value]);

it('says in words what was answered, with the value that the field would hold', () => {
  expect(knownOf('open_to_social_care', facts.answers)).toEqual([[expect.any(String), 'not_known']]);
  expect(knownOf('open_to_social_care', { open_to_social_care: 'yes' })).toEqual([['Yes', 'yes']]);
  expect(knownOf('signs', facts.answers)[0]?.[1]).toMatch(/violence.*; Gangs/);
  expect(knownOf('signs', {})).toEqual([]);
});

it('finds the band of an age, and the one tick that is about the field', () => {
  expect(knownOf('age', { child_age: 12 })).toEqual([[expect.stringContaining('12'), 'from_10']]);
  expect(knownOf('age', { child_age: 13 })).toEqual([[expect.any(String), 'from_13']]);
  expect(knownOf('age', { child_age: 0 })).toEqual([[expect.any(String), 'under_5']]);
  expect(knownOf('age', { child_age: 'unknown' })[0]?.[1]).toBe('not_known');
  expect(knownOf('cumulative', { signs: ['gifts', 'built_up'] })[0]?.[1]).toBe('cumulative');
});

it('leaves a contradiction to the person, and ignores ticks about something else', () => {
  expect(knownOf('cumulative', { signs: ['built_up', 'single_event'] })).toEqual([[expect.any(String), undefined]]);
  expect(knownOf('cumulative', { signs: ['gifts'] })).toEqual([]);
});

it('offers a part of the record to the field, and the field to that part', () => {
  const stockport = deskOf('stockport');
  const own = (id: string) => stockport.fields.find((one) => one.id === id) as (typeof stockport.fields)[number];
  const written = { number: 3, at: '2026-11-26T10:00:00.000Z' };
  const told = {
    ...facts,
    answers: { agreement: 'refused' },
    police: { kind: 'police recorded', referred: 'no', reason: 'Asked first', ...written },
    shared: [{ kind: 'shared', what: 'The dates', withWhom: 'School', purpose: 'A plan', ...written }],
  } as const;
  const found = { ...told, shared: [...told.shared] };
  expect(knownFactsFor(own('police'), flow, found)).toMatchObject([{ value: 'no', reason: 'Asked first' }]);
  expect(knownFactsFor(own('shared'), flow, found)).toMatchObject([{ value: 'The dates' }]);
  expect(knownFactsFor(own('shared_with'), flow, found)).toMatchObject([{ value: 'School' }]);
  const form = takeKnown({ take: 'police:0' }, stockport.fields, { flow, consultation: found });
  expect(form).toMatchObject({ 'field-police': 'no', 'reason-police': 'Asked first' });
  const recorded = { kind: 'field recorded', field: 'police', label: 'P', value: 'yes', words: 'Yes', reason: 'Log 4' };
  const deskCase = { fields: { police: { ...recorded, ...written } } } as Pick<DeskCase, 'fields'>;
  const known = (noun: string) => knownOfPart(noun, { desk: stockport, deskCase, flow, consultation: found });
  expect(known('police').map(({ words }) => words)).toEqual(['Yes. Reason: Log 4']);
  expect(known('consents').map(({ source }) => source)).toEqual([expect.stringContaining('Answered in the questions')]);
  expect(known('notes')).toEqual([]);
});

it('fills no field whose button was not pressed', () => {
  const form = { 'field-signs': 'A new phone' };
  expect(takeKnown(form, desk.fields, { flow, consultation: facts })).toBe(form);
  expect(
    takeKnown({ ...form, take: 'open_to_social_care:0' }, desk.fields, { flow, consultation: facts }),
  ).toMatchObject({
    'field-signs': 'A new phone',
    'field-open_to_social_care': 'not_known',
  });
});
