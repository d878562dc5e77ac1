/**
 * The questions of the real content, compared with each other: nobody can mistake one for another, or "none of these"
 * for "I don't know".
 */
import { expect, it } from 'vitest';
import type { Flow } from '../../server/flow/flow.ts';
import type { Answer, Answers } from '../../server/flow/walk/answer.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { instructionFor } from '../../views/question/answer-inputs.tsx';
import { loadReal } from '../real-content.ts';

const library = loadReal();
const flows = [...library.areas.values()].flatMap((area) => [...area.flows.values()]);
const name = (flow: { area: { id: string }; id: string }) => `${flow.area.id}/${flow.id}`;

it.each(flows.map((flow) => [name(flow), flow] as const))('no two questions of %s have the same heading', (_, flow) => {
  const headings = Object.values(flow.questions).map(({ text }) => text.toLowerCase().replace(/[^a-z ]/g, ''));
  expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([]);
});

it('"none of these" never sounds like "I don’t know"', () => {
  const sounding = flows.flatMap((flow) =>
    Object.values(flow.questions)
      .filter(
        ({ none }) => none !== undefined && /(not|n’t|n't|cannot) (yet )?(know|say|tell|sure)|these yet/i.test(none),
      )
      .map(({ id, none }) => `${name(flow)} ${id}: ${none}`),
  );
  expect(sounding).toEqual([]);
});

/**
 * Every way through the first three questions at the child's door, with "I don't know" to the rest: the answers, and
 * the order of the questions.
 */
function* waysOfAChild(flow: Flow): Generator<Answers> {
  const choices = (id: string) => [...(flow.questions[id]?.options ?? []).map((option) => option.id), 'unknown'];
  for (const safe of choices('child_safe_now'))
    for (const now of choices('child_right_now'))
      for (const help of choices('child_help')) {
        const wish: Record<string, Answer> = {
          child_safe_now: safe,
          child_right_now: now,
          child_help: help === 'unknown' ? help : [help],
        };
        const answers: Record<string, Answer> = {};
        for (let { at } = walk(flow, answers); at.kind === 'question'; { at } = walk(flow, answers))
          answers[at.question.id] = wish[at.question.id] ?? 'unknown';
        yield answers;
      }
}

it('a child is never asked again what they have said: whether a grown-up is there, where they live, whether they are safe', () => {
  const flow = library.areas.get('national')?.flows.get('child');
  if (flow === undefined) throw new Error('there is no door for children');
  const ways = [...waysOfAChild(flow)];
  expect(ways.length).toBeGreaterThan(200);
  const saidAlone = ways.filter((answers) => answers.child_right_now === 'alone');
  expect(saidAlone.length).toBeGreaterThan(10);
  expect(saidAlone.filter((answers) => answers.left_how !== undefined)).toEqual([]);
  // Somebody who says clearly that they are safe, or not safe, is not asked again what it is like.
  const clear = ways.filter((answers) => answers.child_safe_now !== 'unknown');
  expect(clear.filter((answers) => answers.child_right_now !== undefined)).toEqual([]);
  // Somebody who is sent to 999 is asked nothing more.
  const inDanger = ways.filter((answers) => answers.child_safe_now === 'not_safe');
  expect(inDanger.filter((answers) => Object.keys(answers).length > 1)).toEqual([]);
});

it('a checklist says once that several can be ticked, in the question or below it', () => {
  const lists = flows.flatMap((flow) => Object.values(flow.questions).filter(({ type }) => type === 'several of'));
  expect(lists.length).toBeGreaterThan(50);
  const said = lists.map((question) => `${question.text} ${instructionFor(question) ?? ''}`);
  expect(said.filter((words) => words.match(/\btick\b/gi)?.length !== 1)).toEqual([]);
});
