/** Collects what the answers to a question mean, from its options, groups, "I don't know" and the question itself. */

import type { AnswerMeaning, Condition } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import type { Compiler } from './compile.ts';
import type { Located, RawQuestion } from './content.ts';
import { optionIds } from './question-facts.ts';
import type { Path } from './read.ts';

export function compileMeans(compiler: Compiler, located: Located<RawQuestion>): AnswerMeaning[] {
  const ofWholeQuestion = ofQuestion(compiler, located);
  const groups = Object.entries(located.value.groups ?? {}).flatMap(([id, group]) => [
    ...ofOptions(compiler, located, ['groups', id], { options: Object.keys(group.options), means: group.means }),
    ...ofEach(compiler, located, ['groups', id, 'options'], group.options),
  ]);
  const options = ofEach(compiler, located, ['options'], located.value.options ?? {});
  const doubt = (located.value.unknown.means ?? []).map((meaning) =>
    compileDoubt(compiler, located, ['unknown', 'means'], meaning),
  );
  return [...ofWholeQuestion, ...options, ...groups, ...doubt];
}

/** A list gives every known answer the same meanings. A block names the answers for each meaning. */
function ofQuestion(compiler: Compiler, located: Located<RawQuestion>): AnswerMeaning[] {
  const { means, type, from, to } = located.value;
  if (means === undefined) return [];
  const fact = located.id;
  if (typeof means === 'string' || Array.isArray(means)) {
    const names = [means].flat();
    if (!rulesOf({ type }).numeric)
      return ofOptions(compiler, located, [], { options: optionIds(located.value), means: names });
    const every: Condition = {
      kind: 'range',
      fact,
      ...(from !== undefined && { min: from }),
      ...(to !== undefined && { max: to }),
    };
    return names.map((name) => ({ meaning: nameMeaning(compiler, located, ['means'], name), when: every }));
  }
  return Object.entries(means).map(([name, answers]) => {
    const path = ['means', name];
    const when = compiler.condition({ [fact]: answers }, located, path);
    if (readsDoubt(when)) refuseHarmOfDoubt(compiler, located, path, name);
    return { meaning: nameMeaning(compiler, located, path, name), when };
  });
}

function ofEach(
  compiler: Compiler,
  located: Located<RawQuestion>,
  path: Path,
  options: NonNullable<RawQuestion['options']>,
): AnswerMeaning[] {
  return Object.entries(options).flatMap(([id, option]) =>
    typeof option === 'string'
      ? []
      : ofOptions(compiler, located, [...path, id], { options: [id], means: option.means }),
  );
}

function ofOptions(
  compiler: Compiler,
  located: Located<RawQuestion>,
  path: Path,
  { options, means = [] }: { options: string[]; means?: string[] | undefined },
): AnswerMeaning[] {
  const when: Condition = { kind: 'is', fact: located.id, how: 'any', options };
  return means.map((name) => ({ meaning: nameMeaning(compiler, located, [...path, 'means'], name), when }));
}

function compileDoubt(compiler: Compiler, located: Located<RawQuestion>, path: Path, name: string): AnswerMeaning {
  refuseHarmOfDoubt(compiler, located, path, name);
  return { meaning: nameMeaning(compiler, located, path, name), when: { kind: 'unknown', fact: located.id } };
}

function nameMeaning(compiler: Compiler, located: Located<RawQuestion>, path: Path, name: string): string {
  return compiler.name('meanings', name, located, path);
}

function readsDoubt(when: Condition): boolean {
  if (when.kind === 'unknown') return true;
  return 'of' in when && when.kind !== 'ticks' && when.of.some(readsDoubt);
}

/** "I don't know" must not mean that a child is being harmed. */
function refuseHarmOfDoubt(compiler: Compiler, located: Located<RawQuestion>, path: Path, name: string): void {
  const kinds = compiler.kindsOf(name);
  if (kinds.includes('harm') || kinds.includes('crime'))
    compiler.report(
      located,
      path,
      `"I don't know" never means a harm or a crime, and "${name}" is one. Name a circumstance, or take it out.`,
    );
}
