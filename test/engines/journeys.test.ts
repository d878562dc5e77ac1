/**
 * The engines are not part of the tests, so without this their journeys would become outdated unnoticed when a question
 * or an answer is renamed.
 */
import { describe, expect, it } from 'vitest';
import { realLibrary } from '../web/app.ts';
import { JOURNEYS } from './journeys.ts';

const offered = new Set(
  [...realLibrary.areas.values()]
    .flatMap(({ flows }) => [...flows.values()])
    .flatMap(({ questions }) => Object.values(questions))
    .flatMap(({ id, options }) => options.map((option) => `${id}=${option.id}`)),
);

describe('the journeys of the other engines', () => {
  it.each(JOURNEYS)('give answers that the content offers: $name', ({ answers }) => {
    const given = Object.entries(answers).map(([question, answer]) => `${question}=${answer}`);
    expect(given.filter((one) => !offered.has(one))).toEqual([]);
    expect(given.length).toBeGreaterThan(0);
  });
});
