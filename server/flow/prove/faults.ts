/**
 * Finds mistakes that no safety rule covers: an interview that runs off the end, a call that returns with nothing settled, a condition on
 * a question that was not asked.
 */
import { getPart } from '../flow.ts';
import { describeExample } from './describe-answers.ts';
import { type Formula, NEVER } from './diagram.ts';
import { exampleOf, findLightest, questionsThatMatter } from './example.ts';
import type { Fault } from './fault.ts';
import type { Interview } from './interview.ts';

export function findFaults(interview: Interview): Fault[] {
  return [...findFallen(interview), ...findUnsettled(interview), ...findUnknowable(interview)];
}

/** The example is not replayed, because the walk throws when it runs off the end. */
function findFallen(interview: Interview): Fault[] {
  const { flow, known, fallsOff } = interview;
  if (fallsOff === NEVER) return [];
  const assignment = findLightest(interview, fallsOff);
  const answers = Object.fromEntries(
    [...known.facts.values()].map((fact) => [fact.question.id, fact.answerIn(assignment)]),
  );
  const matters = questionsThatMatter(interview, fallsOff, assignment);
  const message = `an interview runs off the end of the flow: ${describeExample({ answers, matters })}. Let the last step be an end without "when".`;
  return [{ part: flow.id, message, kind: 'error' }];
}

function findUnsettled(interview: Interview): Fault[] {
  return interview.unsettled.map(({ part, topic, formula }) => ({
    part,
    message: `says that it returns "${topic}", and comes back without it: ${example(interview, formula)}.`,
    kind: 'error',
  }));
}

/** Conditions that read a fact in interviews that never asked for it. A step reached more than once is checked each time. */
function findUnknowable(interview: Interview): Fault[] {
  const faults = interview.visits.flatMap((visit) =>
    visit.reads.flatMap(({ fact, asked, notAsked, inNoneOf }): Fault[] => {
      if (notAsked === NEVER) return [];
      const { part, step } = visit;
      const fault = (kind: Fault['kind'], message: string): Fault[] => [{ part, step: step.id, message, kind }];
      const shown = example(interview, notAsked);
      if (inNoneOf)
        return fault(
          'error',
          `"none of:" reads "${fact}", which was not asked before: ${shown}. It would hold by ignorance.`,
        );
      if (getPart(interview.flow, part).mayKnow.includes(fact) || asks(interview, part, fact)) return [];
      if (asked === NEVER)
        return fault('error', `"${fact}" cannot be known here: nobody who comes to "${step.id}" was asked.`);
      return fault(
        'warning',
        `"${fact}" is not always known here: ${shown}. If that is meant, name it under "may know".`,
      );
    }),
  );
  return [...new Map(faults.map((fault) => [`${fault.part} ${fault.step} ${fault.message}`, fault])).values()];
}

/** A part that asks the question itself already handles interviews without the answer. */
function asks(interview: Interview, part: string, fact: string): boolean {
  return getPart(interview.flow, part).steps.some(
    (step) =>
      (step.kind === 'ask' && step.question === fact) || (step.kind === 'call' && asks(interview, step.flow, fact)),
  );
}

function example(interview: Interview, formula: Formula): string {
  const { diagrams, ended } = interview;
  const shown = diagrams.and(formula, ended);
  return shown === NEVER ? 'in no interview that ends' : describeExample(exampleOf(interview, shown));
}
