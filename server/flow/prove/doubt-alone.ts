/**
 * Checks that doubt alone never calls the police and never gives the highest level, because nobody has said that
 * anything is wrong. This includes doubt about immediate danger: only what is seen or heard now counts as danger.
 *
 * Also checks that doubt never ends without a time, whether there is only doubt, or doubt about harm beside any other
 * answers.
 */
import type { Flow, Question } from '../flow.ts';
import { isHarm } from '../language-words.ts';
import { type Formula, NEVER } from './diagram.ts';
import { type Example, exampleOf } from './example.ts';
import type { FactFormulas } from './fact.ts';
import type { Interview } from './interview.ts';
import { heightOf } from './known.ts';

export interface DoubtBreach {
  /** What doubt leads to although it must not. */
  problem: string;
  example: Example;
}

export function findDoubtAlone(interview: Interview): DoubtBreach[] {
  const { diagrams, known, ended, flow } = interview;
  if (flow.reader !== 'professional') return [];
  const facts = [...known.facts.values()];
  const doubt = diagrams.and(ended, ...facts.map((fact) => withoutAnyConcern(interview, fact)));
  const { level, police } = known.heights;
  const untimed = diagrams.and(ended, known.within.of('no set time'));
  const deciding = facts.filter(({ question }) => !question.forRecord && question.usual === undefined);
  const unknownOf = (these: FactFormulas[]) =>
    diagrams.or(...these.map((fact) => diagrams.and(known.asked.of(fact.question.id), fact.unknown)));
  const aboutHarm = deciding.filter(({ question }) => asksAboutHarm(flow, question));
  return [
    breach(interview, 'the police are called out', diagrams.and(doubt, police.atLeast(heightOf('police', 'report')))),
    breach(interview, 'the highest level comes out', diagrams.and(doubt, level.atLeast(level.top))),
    breach(interview, 'no time is set', diagrams.and(doubt, untimed, unknownOf(deciding))),
    breach(interview, 'no time is set for doubt about harm', diagrams.and(untimed, unknownOf(aboutHarm))),
  ].flatMap((one) => one ?? []);
}

/** Whether at least half of the answers to the question mean a harm, or name who harms. */
function asksAboutHarm(flow: Flow, { means = [], options }: Question): boolean {
  const ofHarm = means.filter(({ meaning }) => (flow.meanings?.[meaning]?.kind ?? []).some(isHarm));
  const named = new Set(ofHarm.flatMap(({ when }) => (when.kind === 'is' ? when.options : [])));
  return named.size > 0 && named.size * 2 >= options.length;
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
