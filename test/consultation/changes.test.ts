import { describe, expect, it } from 'vitest';
import { changesOf } from '../../server/consultation/changes.ts';
import { type WalkedCase, walkCases } from '../../server/flow/compare/worked-cases.ts';
import { type Flow, getQuestion, type Question } from '../../server/flow/flow.ts';
import { type Answer, describeAnswer } from '../../server/flow/walk/answer.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { loadReal } from '../real-content.ts';
import { someOf } from '../short-form.ts';

const TODAY = CONTENT_DAY;
const library = loadReal();
const flows = [...library.areas].flatMap(([area, { flows: own }]) =>
  [...own.values()].map((flow) => [`${area}/${flow.id}`, flow] as const),
);

/** The expected result by brute force: tries every answer that is one click away, without any shortcut. */
function plainly(flow: Flow, { answers, position }: WalkedCase): string[] {
  return position.turns.flatMap(({ question: id, answer }) => {
    const question = getQuestion(flow, id);
    return otherAnswers(question, answer).flatMap((other) => {
      const { standing, at } = walk(flow, { ...answers, [id]: other });
      if (standing.level === position.standing.level) return [];
      const action = at.kind === 'end' ? at.end.action : undefined;
      return [tell(id, describeAnswer(question, other).join('; '), standing.level, action)];
    });
  });
}

function otherAnswers({ type, options }: Question, given: Answer): Answer[] {
  if (type === 'yes or no' || type === 'one of') return options.map(({ id }) => id).filter((id) => id !== given);
  if (type !== 'several of' || !Array.isArray(given)) return [];
  const ticks = new Set(given.filter((tick) => tick !== 'none' && tick !== 'unknown'));
  return options.map(({ id }) => {
    const others = [...ticks].filter((tick) => tick !== id);
    const changed = ticks.has(id) ? others : [...others, id];
    return changed.length > 0 ? changed : ['none'];
  });
}

function tell(question: string, instead: string, level: number, action: string | undefined): string {
  return `${question}: ${instead} -> ${level} ${action ?? 'more questions'}`;
}

describe('what would have changed the level', () => {
  it.each(someOf(flows))('is the same in %s as trying every other answer gives', (_name, flow) => {
    const ended = walkCases(library, flow, TODAY).filter(({ position }) => position.at.kind === 'end');
    // Every second case, because each is walked some fifty times.
    for (const way of ended.filter((_, index) => index % 2 === 0)) {
      const plain = plainly(flow, way);
      const found = changesOf(flow, way.answers, way.position);
      if (plain.length === 0) {
        expect(found.every(({ answers }) => answers.length === 2)).toBe(true);
        continue;
      }
      const told = found.map(({ answers: [one], level, action }) =>
        tell(one?.question.id ?? '', one?.instead ?? '', level, action),
      );
      // The first two ways to reach each level.
      const levels = [...new Set(plain.map(levelOf))];
      const expected = levels.flatMap((level) => plain.filter((line) => levelOf(line) === level).slice(0, 2));
      expect(told).toEqual(expected);
    }
  });
});

function levelOf(line: string): string {
  return / -> (\d)/.exec(line)?.[1] ?? '';
}
