/** Checks what conditions read: is it known by then, can every answer make a difference, and is every question used? */

import type { Condition, Flow, Part, Question, Step } from '../flow.ts';
import { getPart } from '../flow.ts';
import { TOPICS } from '../marks.ts';
import type { Message } from '../problem.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { readsOf } from '../walk/condition.ts';

export interface FactProblem {
  part: string;
  step?: string;
  question?: string;
  message: Message;
}

/** Finds conditions that read a fact before any earlier step can have asked it, following calls in order. */
export function checkKnown(flow: Flow): FactProblem[] {
  const problems: FactProblem[] = [];
  const asked = new Set<string>();
  const certain = new Set<string>();
  const visit = (part: Part, everybody: boolean) => {
    for (const step of part.steps) {
      problems.push(...readTooEarly(part, step, asked), ...negatedTooEarly(part, step, certain));
      const unconditional = everybody && step.when === undefined;
      const called = step.kind === 'call' ? flow.parts[step.flow] : undefined;
      if (called !== undefined) visit(called, unconditional);
      if (step.kind !== 'ask') continue;
      asked.add(step.question);
      if (unconditional) certain.add(step.question);
    }
  };
  visit(getPart(flow, flow.id), true);
  return problems;
}

function readTooEarly(part: Part, { id, when }: Step, asked: ReadonlySet<string>): FactProblem[] {
  const unknown = [...new Set(readsOf(when).facts)].filter((fact) => !asked.has(fact) && !part.mayKnow.includes(fact));
  return unknown.map((fact) => ({
    part: part.id,
    step: id,
    message: {
      missing: `"${fact}" cannot be known here: no step above asks it. Move this step down, or ask it first.`,
    },
  }));
}

/** A negated condition also holds if the question was not asked, so everybody must have been asked it. */
function negatedTooEarly(part: Part, { id, when }: Step, certain: ReadonlySet<string>): FactProblem[] {
  const uncertain = negatedFacts(when).filter((fact) => !certain.has(fact));
  return uncertain.map((fact) => ({
    part: part.id,
    step: id,
    message: `"none of:" reads "${fact}", which is not asked of everybody above. Ask it without "when" first, or name what you mean.`,
  }));
}

function negatedFacts(condition: Condition | undefined): string[] {
  if (condition === undefined || !('of' in condition) || condition.kind === 'ticks') return [];
  if (condition.kind === 'no') return condition.of.flatMap((part) => readsOf(part).facts);
  return condition.of.flatMap(negatedFacts);
}

/** Collects what the conditions of several flows name, to compare it with the questions. */
export class NamedAnswers {
  readonly facts = new Set<string>();
  private readonly options = new Map<string, Set<string>>();

  read(condition: Condition | undefined): void {
    if (condition === undefined) return;
    if ('fact' in condition) {
      this.facts.add(condition.fact);
      const named = condition.kind === 'is' ? condition.options : condition.kind === 'ticks' ? condition.of : [];
      const known = this.options.get(condition.fact) ?? new Set();
      for (const option of named) known.add(option);
      this.options.set(condition.fact, known);
    } else if ('of' in condition) for (const part of condition.of) this.read(part);
  }

  names(question: string, option: string): boolean {
    return this.options.get(question)?.has(option) ?? false;
  }
}

const MARK_KEYS = ['level', ...TOPICS, 'next', 'record'] as const;

export function hasMarks(marked: object): boolean {
  return MARK_KEYS.some((key) => key in marked);
}

/** Options of a choice that no mark and no condition distinguishes from another option. */
export function indistinctOptions(question: Question, named: NamedAnswers): string[] {
  if (!rulesOf(question).optionsMustDiffer || question.forRecord) return [];
  const meant = new Set(question.means?.flatMap(({ when }) => (when.kind === 'is' ? when.options : [])));
  const silent = question.options.filter(
    (option) => !hasMarks(option) && !named.names(question.id, option.id) && !meant.has(option.id),
  );
  return silent.length > 1 ? silent.map((option) => option.id) : [];
}

/** Whether a deciding question has no effect: nothing depends on its answer. */
export function isUnused(question: Question, named: NamedAnswers): boolean {
  const decides = rulesOf(question).decides && !question.forRecord;
  const marked = question.options.some(hasMarks) || hasMarks(question.unknown);
  const meant = question.means !== undefined;
  return decides && !marked && !meant && !named.facts.has(question.id);
}
