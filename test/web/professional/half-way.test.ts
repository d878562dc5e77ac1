/**
 * Interrupting an interview: going back a step, progress, unfinished consultations in this browser, and the return code
 * at any step.
 */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { estimateLength, sizeOf, walkCases } from '../../../server/flow/compare/worked-cases.ts';
import { openApp, realLibrary, TODAY } from '../app.ts';
import { attribute, type Page, wordsOf } from '../page.ts';
import { answer, idOf, openDoor, walkCase } from '../walking.ts';

const backOf = (page: Page) => {
  const link = page.find('#question .fd-place a');
  return link && attribute(link, 'href');
};

describe('Back', () => {
  it('leads to the question before, with its answer, and from the first to the doors', async () => {
    const visitor = (await openApp()).visit();
    const first = await openDoor(visitor, 'bury', 'level');
    expect(backOf(first)).toBe(paths.area('bury'));
    const second = await answer(visitor, first, 'no');
    expect(backOf(second)).toBe(`${paths.question(idOf(first), 'immediate_danger')}#question`);
    const again = await visitor.go((backOf(second) ?? '').replace(/#.*/, ''));
    expect(again.question).toBe('immediate_danger');
    expect(again.questionForm.sends.get('immediate_danger')).toBe('no');
  });

  it('comes with the next question if a script asked only for that', async () => {
    const visitor = (await openApp()).visit();
    const first = await openDoor(visitor, 'bury', 'level');
    const fragment = await answer(visitor, first, 'no', { 'HX-Request': 'true' });
    expect(fragment.html).not.toContain('<main');
    expect(fragment.words('.fd-place')).toMatch(/^Back to the question before ?Question 2 of about \d+$/);
  });

  it('exists for the public and children', async () => {
    for (const [reader, given] of [
      ['public', 'no'],
      ['child', 'safe'],
    ] as const) {
      const visitor = (await openApp()).visit();
      const first = await visitor.send((await visitor.go(paths.talkFor(reader))).form(paths.talk()));
      expect(backOf(first)).toBe(paths.talkFor(reader));
      const second = await answer(visitor, first, given);
      expect(backOf(second)).toBe(`${paths.talkQuestion(first.question ?? '')}#question`);
    }
  });
});

describe('progress', () => {
  it('is shown with every question, and the duration at the door', async () => {
    const visitor = (await openApp()).visit();
    const flow = realLibrary.areas.get('bury')?.flows.get('level');
    if (flow === undefined) throw new Error('Bury has no flow level');
    const median = sizeOf(flow, walkCases(realLibrary, flow, TODAY)).asked?.median;
    const doors = await visitor.go(paths.area('bury'));
    const door = doors.all('button').find((button) => attribute(button, 'value') === 'level');
    expect(door && wordsOf(door)).toContain(`About ${median} questions, `);
    const first = await openDoor(visitor, 'bury', 'level');
    expect(first.words('.fd-place')).toBe(`BackQuestion 1 of about ${median}`);
  });

  it('is the median of the worked cases that ask the open question, and never less than what was asked', () => {
    const flow = realLibrary.areas.get('bury')?.flows.get('level');
    if (flow === undefined) throw new Error('Bury has no flow level');
    const parts = { library: realLibrary, flow, today: TODAY };
    for (const { id, position } of walkCases(realLibrary, flow, TODAY))
      for (const [answered, { question }] of position.turns.entries())
        expect(estimateLength(parts, { question, answered }) ?? 0, id).toBeGreaterThan(answered);
    expect(estimateLength(parts, { question: 'no_such_question', answered: 3 })).toBeUndefined();
  });
});

describe('an unfinished consultation', () => {
  it('is offered on this browser’s start page, without anything personal, and opens at the open question', async () => {
    const { visit } = await openApp();
    const visitor = visit();
    const second = await answer(visitor, await openDoor(visitor, 'bury', 'level'), 'no');
    const start = await visitor.go(paths.start());
    const offered = start.find('section[aria-labelledby="unfinished"]');
    expect(offered && wordsOf(offered)).toMatch(
      /^Go on where you stopped I am worried about a child\. What should I do\? ?Bury, begun \d+ \w+ \d{4} at [\d:]+$/,
    );
    const back = await visitor.go(paths.consultation(idOf(second)));
    expect(back.question).toBe(second.question);
    expect(back.way.at(-1)).toMatch(/#question$/);
    expect((await visit('192.0.2.2').go(paths.start())).find('[aria-labelledby="unfinished"]')).toBeUndefined();
  });

  it('is no longer offered once there is a result', async () => {
    const visitor = (await openApp()).visit();
    await walkCase(visitor, 'bury', 'danger_now');
    expect((await visitor.go(paths.start())).find('[aria-labelledby="unfinished"]')).toBeUndefined();
  });

  it('is never a conversation of the public or a child, and not shown while there is one', async () => {
    const visitor = (await openApp()).visit();
    await openDoor(visitor, 'bury', 'level');
    await visitor.send((await visitor.go(paths.talkFor('child'))).form(paths.talk()));
    expect((await visitor.go(paths.start())).find('[aria-labelledby="unfinished"]')).toBeUndefined();
  });
});

describe('the return code', () => {
  it('is available at the first question, and leads back to it', async () => {
    const { visit } = await openApp();
    const visitor = visit();
    const first = await openDoor(visitor, 'bury', 'level');
    const given = await visitor.send(first.form(paths.codes(idOf(first))));
    const code = given.words('.fd-code__code');
    const reference = given.heading.replace('Record ', '');
    const elsewhere = visit('192.0.2.2');
    const form = (await elsewhere.go(paths.return())).form(paths.return());
    const back = await elsewhere.send(form, { reference, code });
    expect(back.question).toBe('immediate_danger');
  });

  it('is on the result, with the record for the safeguarding lead', async () => {
    const visitor = (await openApp()).visit();
    const result = await walkCase(visitor, 'bury', 'danger_now');
    const links = result.all('#lead a').map((link) => attribute(link, 'href'));
    expect(links).toContain(paths.download(idOf(result), 'pdf'));
    expect((await visitor.send(result.form(paths.codes(idOf(result))))).words('.fd-code__code')).not.toBe('');
  });
});
