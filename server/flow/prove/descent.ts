/**
 * Goes down the ladder of a flow and of those it calls, as `walk` does, but with formulas for all interviews at once. Built like `walk`.
 */
import {
  type Condition,
  type Flow,
  getPart,
  getQuestion,
  type Marks,
  type Part,
  type Question,
  type Step,
} from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { createChecklist } from './checklist.ts';
import { createChoice } from './choice.ts';
import { findCuts } from './cuts.ts';
import { Diagrams, type Formula, NEVER, TooLarge } from './diagram.ts';
import type { FactFormulas } from './fact.ts';
import { Known } from './known.ts';
import { readsAt } from './reads.ts';
import { settles, type Unsettled, unsettledAt } from './settled-topics.ts';
import { Tally } from './tally.ts';
import type { Visit } from './visit.ts';

const MOST_VISITS = 5000;
/** A guard against flows that call each other in a circle. The content check reports those. */
const DEEPEST_CALL = 20;

/** Where interviews go after a step: on to the next, back to the caller, or by a jump. An interview in none of these has ended. */
interface Exits {
  on: Formula;
  back?: Formula;
  jumps?: { to: string; formula: Formula };
}

export class Descent {
  readonly diagrams: Diagrams;
  readonly known: Known;
  readonly visits: Visit[] = [];
  readonly unsettled: Unsettled[] = [];
  private readonly flow: Flow;
  private readonly cuts: ReadonlyMap<string, ReadonlySet<number>>;
  /** For each open call: what has been settled since it began. */
  private readonly openCalls: Tally[] = [];

  constructor(flow: Flow, conditions: readonly Condition[], limit: number) {
    this.flow = flow;
    this.diagrams = new Diagrams(limit);
    this.known = new Known(this.diagrams, flow);
    this.cuts = findCuts(flow, conditions);
  }

  /** Runs the interviews in `enter` through the part, and returns those that come back to the caller. */
  runPart(part: Part, enter: Formula): Formula {
    const { diagrams } = this;
    const jumping = new Tally(diagrams);
    if (this.openCalls.length >= DEEPEST_CALL) throw new TooLarge(`calls more than ${DEEPEST_CALL} deep`);
    this.openCalls.push(new Tally(diagrams));
    const above: Visit[] = [];
    let [here, out] = [enter, NEVER];
    for (const step of part.steps) {
      const visit: Visit = { ...this.arriveAt(step, here, jumping.take(step.id)), part: part.id, above: [...above] };
      this.visits.push(visit);
      above.push(visit);
      const { on, back = NEVER, jumps } = this.take(step, visit.taken);
      visit.on = on;
      visit.jumps = jumps?.formula ?? NEVER;
      if (jumps !== undefined) jumping.add(jumps.to, jumps.formula);
      here = diagrams.or(diagrams.butNot(here, visit.meets), on);
      out = diagrams.or(out, back);
    }
    // A jump to a step that is not further down skips the rest, as in `walk`.
    out = diagrams.or(out, here, ...jumping.ids().map((id) => jumping.of(id)));
    this.unsettled.push(...unsettledAt(this.known, part, this.openCalls.pop(), out));
    return out;
  }

  private arriveAt(step: Step, here: Formula, jumped: Formula): Omit<Visit, 'part' | 'above'> {
    if (this.visits.length >= MOST_VISITS) throw new TooLarge(`more than ${MOST_VISITS} steps`);
    const meets = this.known.holds(step.when, here);
    const taken = this.diagrams.or(jumped, this.diagrams.and(here, meets));
    const reads = readsAt(this.known, step.when, here);
    return { step, here, meets, taken, on: NEVER, jumps: NEVER, reads };
  }

  private take(step: Step, taken: Formula): Exits {
    switch (step.kind) {
      case 'say':
        return { on: taken };
      case 'ask':
        return this.ask(getQuestion(this.flow, step.question), step.leadsTo, taken);
      case 'call':
        return { on: taken === NEVER ? NEVER : this.runPart(getPart(this.flow, step.flow), taken) };
      case 'advise':
        this.collect(step, taken);
        return step.returns ? { on: NEVER, back: taken } : { on: taken };
      case 'end':
        this.known.end.add(step.id, taken);
        this.known.within.add(step.within, taken);
        this.collect(step, taken);
        return { on: NEVER };
    }
  }

  private ask(question: Question, leadsTo: string | undefined, taken: Formula): Exits {
    if (taken === NEVER) return { on: NEVER };
    const { diagrams, known } = this;
    const fact = this.factOf(question);
    const first = diagrams.butNot(taken, known.asked.of(question.id));
    known.asked.add(question.id, first);
    known.addMeanings(question, fact, first);
    for (const option of question.options) this.collect(option, diagrams.and(first, fact.has(option.id)));
    const { ask } = question.unknown;
    this.collect(question.unknown, diagrams.and(first, fact.unknown));
    if (ask !== undefined) known.asks.add(ask, diagrams.and(first, fact.unknown));
    // A question already answered is not asked again, but its "I don't know" still jumps.
    if (leadsTo === undefined) return { on: taken };
    return { on: diagrams.butNot(taken, fact.jumps), jumps: { to: leadsTo, formula: diagrams.and(taken, fact.jumps) } };
  }

  /** Variables must be created in the order of asking: any other order makes the diagrams much larger. */
  private factOf(question: Question): FactFormulas {
    const known = this.known.facts.get(question.id);
    if (known !== undefined) return known;
    const cuts = this.cuts.get(question.id) ?? new Set<number>();
    const rules = rulesOf(question);
    const created = rules.several
      ? createChecklist(this.diagrams, question)
      : createChoice(this.diagrams, question, rules.answersToProve(question, cuts));
    this.known.facts.set(question.id, created);
    return created;
  }

  private collect(marks: Marks, formula: Formula): void {
    this.known.collect(marks, formula);
    for (const topic of settles(marks)) for (const call of this.openCalls) call.add(topic, formula);
  }
}
