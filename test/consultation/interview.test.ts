import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../server/consultation/entry.ts';
import { answer, findAsked, findOpen, isOneTurnMore, readInterview } from '../../server/consultation/interview.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { library } from '../desk/desk-world.ts';

const flow = library.areas.get('national')?.flows.get('public');
if (flow === undefined) throw new Error('the conversation of the public is not there');
const TODAY = '2026-11-22';
const START: Answers = { immediate_danger: 'no', where_child_lives: 'bury' };
const at = (answers: Answers, answeredBy = {}) => readInterview(flow, answers, answeredBy);
const send = (question: string, given: string[], seen = 0) => ({ question, given, seen });

describe('what may be answered', () => {
  it('is the open question and every answered one, each shown with the turns before it', () => {
    const interview = at(START, { immediate_danger: 2, where_child_lives: 3 });
    expect(findOpen(interview)).toEqual(findAsked(interview, 'worry_kind'));
    const open = findAsked(interview, 'worry_kind');
    expect(open?.turns.map(({ question }) => question.id)).toEqual(['immediate_danger', 'where_child_lives']);
    expect(open).toMatchObject({ turn: { question: { id: 'worry_kind' } }, seen: 0 });
    expect(open).not.toHaveProperty('changing');
    const earlier = findAsked(interview, 'where_child_lives');
    expect(earlier?.turns.map(({ question }) => question.id)).toEqual(['immediate_danger']);
    expect(earlier).toMatchObject({ given: ['bury'], seen: 3, changing: 'earlier' });
  });

  it('is not a later question, nor one that does not exist', () => {
    for (const question of ['worry_kind', 'nothing', '', '__proto__', 'constructor']) {
      expect(findAsked(at({ immediate_danger: 'no' }), question)).toBeUndefined();
      expect(answer(at({ immediate_danger: 'no' }), send(question, ['yes']), TODAY)).toMatchObject({
        refused: 'conflict',
      });
    }
  });

  it('is no open question at an end, but earlier answers can be changed', () => {
    const ended = at({ ...START, worry_kind: ['hurt'] });
    expect(ended.position.at.kind).toBe('end');
    expect(findOpen(ended)).toBeUndefined();
    expect(findAsked(ended, 'worry_kind')?.changing).toBe('last');
  });
});

describe('an answer', () => {
  it('adds one happening, and none if it is unchanged', () => {
    expect(answer(at(START), send('worry_kind', ['hurt']), TODAY)).toEqual([
      { kind: 'answered', question: 'worry_kind', answer: ['hurt'] },
    ]);
    expect(answer(at(START), send('where_child_lives', ['bury']), TODAY)).toEqual([]);
  });

  it('from an outdated form clashes with the present one, and both are shown', () => {
    const late = answer(at(START, { where_child_lives: 3 }), send('where_child_lives', ['bolton'], 2), TODAY);
    expect(isRefusal(late) && late.clash).toEqual({
      question: 'where_child_lives',
      standing: 'bury',
      sent: 'bolton',
      number: 3,
    });
    expect(answer(at(START, { where_child_lives: 3 }), send('where_child_lives', ['bolton'], 3), TODAY)).toHaveLength(
      1,
    );
  });

  it('that is invalid is refused at its question', () => {
    const refused = answer(at(START), send('worry_kind', []), TODAY);
    expect(refused).toMatchObject({ refused: 'invalid', fields: { worry_kind: expect.any(String) } });
  });
});

describe('one turn more', () => {
  const ended: Answers = { ...START, worry_kind: ['hurt'] };

  it('is an answer to the open question', () => {
    expect(isOneTurnMore(at({ immediate_danger: 'no' }), at(START))).toBe(true);
  });

  it('is not a changed answer, no answer, or one that makes earlier answers count again', () => {
    expect(isOneTurnMore(at(ended), at({ ...ended, where_child_lives: 'bolton' }))).toBe(false);
    expect(isOneTurnMore(at(START), at(START))).toBe(false);
    const { immediate_danger: _open, ...later } = ended;
    expect(isOneTurnMore(at(later), at(ended))).toBe(false);
  });
});
