/** What an interview knows and has collected, as formulas over the answers. */
import type { AdviseStep, Condition, Flow, Line, Marks, Question } from '../flow.ts';
import { EXCLUSIVE_TOPICS, forEachTopic, strength, TOPICS, type Topic, wordsFor } from '../marks.ts';
import { countsAtLeast } from './checklist.ts';
import { ALWAYS, type Diagrams, type Formula, NEVER } from './diagram.ts';
import type { FactFormulas } from './fact.ts';
import { Heights, Tally } from './tally.ts';

export type MarkTopic = 'level' | Topic;
export const MARK_TOPICS: readonly MarkTopic[] = ['level', ...TOPICS];

export function heightOf(topic: MarkTopic, value: number | string): number {
  return topic === 'level' ? Number(value) : strength(topic, String(value)) + 1;
}

export class Known {
  readonly diagrams: Diagrams;
  readonly facts = new Map<string, FactFormulas>();
  readonly asked: Tally;
  readonly heights: Record<MarkTopic, Heights>;
  readonly next: Tally;
  readonly record: Tally;
  readonly advice: Tally;
  /** For each meaning. */
  readonly means: Tally;
  readonly contact: Tally;
  /** For each contact: the interviews in which an "I don't know" says to ask it. */
  readonly asks: Tally;
  /** For each exclusive word, such as `channel: in writing`. */
  readonly 'one of': Tally;
  /** For each contact: the interviews in which a next step with a time has this contact. */
  readonly 'a step with': Tally;
  /** For each kind of reader: the interviews in which some line sends the readers to themselves. */
  readonly to: Tally;
  /**
   * For each line, such as `contact mash`: the interviews that leave it out only because it would send the readers to
   * themselves.
   */
  readonly toReader: Tally;
  readonly end: Tally;
  /** For each time limit of the end. */
  readonly within: Tally;
  /** For each contact that the end recommends first. */
  readonly 'first contact': Tally;

  constructor(diagrams: Diagrams, flow: Flow) {
    this.diagrams = diagrams;
    this.heights = {
      level: new Heights(diagrams, flow.area.scale.length),
      ...forEachTopic((topic) => new Heights(diagrams, wordsFor(topic).length)),
    };
    this.asked = new Tally(diagrams);
    this.next = new Tally(diagrams);
    this.record = new Tally(diagrams);
    this.advice = new Tally(diagrams);
    this.means = new Tally(diagrams);
    this.contact = new Tally(diagrams);
    this.asks = new Tally(diagrams);
    this['one of'] = new Tally(diagrams);
    this['a step with'] = new Tally(diagrams);
    this.to = new Tally(diagrams);
    this.toReader = new Tally(diagrams);
    this.end = new Tally(diagrams);
    this.within = new Tally(diagrams);
    this['first contact'] = new Tally(diagrams);
  }

  collect(marks: Marks, formula: Formula): void {
    for (const topic of MARK_TOPICS) {
      const value = marks[topic];
      if (value !== undefined) this.heights[topic].add(heightOf(topic, value), formula);
    }
    for (const id of marks.record ?? []) this.record.add(id, formula);
    for (const id of marks.next ?? []) this.next.add(id, formula);
  }

  /**
   * When the condition holds, for the interviews in `here`; the result is meaningless for others. Must agree with `holds` in condition.ts.
   */
  holds(condition: Condition | undefined, here: Formula): Formula {
    const { diagrams } = this;
    if (condition === undefined) return ALWAYS;
    switch (condition.kind) {
      case 'all':
        return diagrams.and(...condition.of.map((part) => this.holds(part, here)));
      case 'any':
        return diagrams.or(...condition.of.map((part) => this.holds(part, here)));
      case 'no':
        return diagrams.not(diagrams.or(...condition.of.map((part) => this.holds(part, here))));
      case 'count':
        return countsAtLeast(
          diagrams,
          condition.of.map((part) => this.holds(part, here)),
          condition.min,
        );
      case 'level': {
        const enough = this.heights.level.atLeast(condition.min ?? 0);
        return condition.max === undefined
          ? enough
          : diagrams.butNot(enough, this.heights.level.atLeast(condition.max + 1));
      }
      case 'means':
        return this.meaningsHold(condition);
      case 'stands':
        return diagrams.or(...condition.values.map((word) => this.isStrongest(condition.topic, word)));
      default:
        return diagrams.and(
          this.wasAsked(condition.fact, here),
          this.facts.get(condition.fact)?.holds(condition) ?? NEVER,
        );
    }
  }

  /** Records what the answers to the question mean, for the interviews in `first`, which are asked it now. */
  addMeanings(question: Question, fact: FactFormulas, first: Formula): void {
    for (const { meaning, when } of question.means ?? [])
      this.means.add(meaning, this.diagrams.and(first, this.holdsForAnswer(when, fact)));
  }

  /** A condition on one answer, exactly as given. */
  private holdsForAnswer(condition: Condition, fact: FactFormulas): Formula {
    const { diagrams } = this;
    const parts = () =>
      ('of' in condition && condition.kind !== 'ticks' ? condition.of : []).map((part) =>
        this.holdsForAnswer(part, fact),
      );
    switch (condition.kind) {
      case 'all':
        return diagrams.and(...parts());
      case 'any':
        return diagrams.or(...parts());
      default:
        return 'fact' in condition ? fact.holdsAsAnswered(condition) : NEVER;
    }
  }

  private meaningsHold({ how, meanings }: Extract<Condition, { kind: 'means' }>): Formula {
    const { diagrams } = this;
    const formulas = meanings.map((meaning) => this.means.of(meaning));
    if (how === 'all') return diagrams.and(...formulas);
    return how === 'any' ? diagrams.or(...formulas) : diagrams.not(diagrams.or(...formulas));
  }

  /** When a line makes sense at the end, for the interviews in `ended`. Must agree with `leaveOut`. */
  makesSense(line: Line | undefined, ended: Formula): Formula {
    return this.diagrams.butNot(this.holds(line?.onlyWith, ended), this.isToReader(line));
  }

  /** When the line would send the readers to themselves. */
  isToReader(line: Line | undefined): Formula {
    return this.diagrams.or(...(line?.to ?? []).map((reader) => this.means.of(reader)));
  }

  /** Records the interviews that give the advice at the end, without those where a stronger word contradicts it. As in `walk`. */
  settleAdvice(step: AdviseStep, taken: Formula): void {
    this.advice.add(step.id, this.whereNotOutranked(step, taken));
  }

  whereNotOutranked(step: AdviseStep, taken: Formula): Formula {
    const stronger = EXCLUSIVE_TOPICS.map((topic) => {
      const word = step[topic];
      return word === undefined ? NEVER : this.heights[topic].atLeast(heightOf(topic, word) + 1);
    });
    return this.diagrams.butNot(taken, this.diagrams.or(...stronger));
  }

  isStrongest(topic: Topic, word: string): Formula {
    const height = heightOf(topic, word);
    return height > 0 ? this.heights[topic].exactly(height) : NEVER;
  }

  /** Whether the interviews in `here` were asked the question. Uses "always" and "never" where possible, which keeps the diagrams small. */
  private wasAsked(question: string, here: Formula): Formula {
    const asked = this.asked.of(question);
    if (this.diagrams.implies(here, asked)) return ALWAYS;
    return this.diagrams.and(here, asked) === NEVER ? NEVER : asked;
  }
}
