/** Nobody has to write a fact twice: an answer is suggested beside the matching field, and one tap takes it over. */
import { expect, it } from 'vitest';
import { flowAnswerFor, takeOver } from '../../server/desk/flow-answers.ts';
import { deskOf, library } from './desk-world.ts';

const desk = deskOf('bolton');
const field = (id: string) => desk.fields.find((one) => one.id === id) as (typeof desk.fields)[number];
const flow = library.areas.get('bolton')?.flows.get('consultation');
if (flow === undefined) throw new Error('no flow');
const consultation = { answers: { open_to_social_care: 'unknown', signs: ['violence', 'gangs_knives'] } };

it('says in words what was answered, with the value that the field would hold', () => {
  expect(flowAnswerFor(field('open_to_social_care'), flow, consultation)).toMatchObject({ value: 'not_known' });
  const yes = flowAnswerFor(field('open_to_social_care'), flow, { answers: { open_to_social_care: 'yes' } });
  expect(yes).toMatchObject({ value: 'yes', words: expect.stringContaining('Yes') });
  expect(flowAnswerFor(field('signs'), flow, consultation)?.value).toMatch(/violence.*; Gangs/);
  expect(flowAnswerFor(field('cumulative'), flow, consultation)).toBeUndefined();
  expect(flowAnswerFor(field('signs'), flow, { answers: {} })).toBeUndefined();
});

it('puts nothing into a field whose button was not pressed', () => {
  const form = { 'field-signs': 'A new phone' };
  expect(takeOver(form, desk.fields, { flow, consultation })).toBe(form);
  expect(takeOver({ ...form, take: 'open_to_social_care' }, desk.fields, { flow, consultation })).toMatchObject({
    'field-signs': 'A new phone',
    'field-open_to_social_care': 'not_known',
  });
});
