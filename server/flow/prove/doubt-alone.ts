/**
 * Checks that doubt alone never calls out the police and never gives the highest level, because nobody has said that anything is wrong.
 * That holds for doubt about immediate danger too: only what is seen or heard now is danger.
 */
import { type Formula, NEVER } from './diagram.ts';
import { type Example, exampleOf } from './example.ts';
import type { FactFormulas } from './fact.ts';
import type { Interview } from './interview.ts';
import { heightOf } from './known.ts';

export interface DoubtBreach {
  /** What doubt alone leads to, and must not. */
  problem: string;
  example: Example;
}

export function findDoubtAlone(interview: Interview): DoubtBreach[] {
  const { diagrams, known, ended, flow } = interview;
  if (flow.reader !== 'professional') return [];
  const facts = [...known.facts.values()];
  const doubt = diagrams.and(ended, ...facts.map((fact) => withoutAnyConcern(interview, fact)));
  const { level, police } = known.heights;
  return [
    breach(interview, 'the police are called out', diagrams.and(doubt, police.atLeast(heightOf('police', 'report')))),
    breach(interview, 'the highest level comes out', diagrams.and(doubt, level.atLeast(level.top))),
  ].flatMap((one) => one ?? []);
}

/** Interviews in which the question is not asked, not known, or answered with "no" or "none of these". */
function withoutAnyConcern({ diagrams, known }: Interview, fact: FactFormulas): Formula {
  const { question } = fact;
  const notAsked = diagrams.not(known.asked.of(question.id));
  const plain =
    fact.choices === undefined
      ? fact.holdsAsAnswered({ kind: 'none ticked', fact: question.id })
      : fact.holdsAsAnswered({ kind: 'is', fact: question.id, how: 'any', options: ['no'] });
  const onlyDoubt =
    fact.choices === undefined
      ? diagrams.butNot(
          fact.unknown,
          fact.holdsAsAnswered({ kind: 'ticks', fact: question.id, min: 1, of: optionsOf(fact) }),
        )
      : fact.unknown;
  return diagrams.or(notAsked, plain, onlyDoubt);
}

function optionsOf({ question }: FactFormulas): string[] {
  return question.options.map(({ id }) => id);
}

function breach(interview: Interview, problem: string, formula: Formula): DoubtBreach | undefined {
  return formula === NEVER ? undefined : { problem: problem, example: exampleOf(interview, formula) };
}
