/** Checks that every answer that decides something says what it means, or why it has no listed meaning. */

import type { Content, Located, RawQuestion } from '../language/content.ts';
import { optionIds } from '../language/question-facts.ts';
import { type Path, problemIn } from '../language/read.ts';
import { knownIn, type Scope } from '../language/scope.ts';
import { NATIONAL } from '../national.ts';
import type { Problem } from '../problem.ts';
import { rulesOf } from '../question-types/question-types.ts';

/** Content without a list of meanings is not checked. */
export function checkMeanings(scope: Scope): Problem[] {
  const content = scope.own;
  const isDemanded = knownIn(scope, 'meanings').length > 0;
  return [
    ...checkPlace(content),
    ...[...content.questions.values()].flatMap((question) => checkQuestion(question, isDemanded)),
  ];
}

function checkPlace(content: Content): Problem[] {
  if (content.folder === NATIONAL) return [];
  return [...content.meanings.values()].map(({ document, path, id }) =>
    problemIn(document, path, `meanings are the same everywhere. Move "${id}" to national/meanings.yaml.`),
  );
}

const SAYS_NOTHING = 'means nothing of its own';

function checkQuestion(question: Located<RawQuestion>, isDemanded: boolean): Problem[] {
  const report = (path: Path, message: string) => problemIn(question.document, [...question.path, ...path], message);
  const problems = contradictoryPlaces(question.value).map((path) =>
    report(path, `"means" and "${SAYS_NOTHING}" contradict each other. Keep one of them.`),
  );
  if (question.value.means !== undefined && !rulesOf(question.value).decides)
    problems.push(
      report(
        ['means'],
        `a ${question.value.type} is answered in free text, which has no meaning here. Take "means" out.`,
      ),
    );
  if (!isDemanded || !decides(question.value) || coversWholeQuestion(question.value)) return problems;
  if (rulesOf(question.value).numeric)
    return [...problems, report([], `say what the number "${question.id}" means, ${HOW_OF_NUMBERS}`)];
  return [
    ...problems,
    ...optionsWithoutMeaning(question.value).map(({ id, path }) =>
      report(path, describeMissingMeaning(question.id, id)),
    ),
  ];
}

const HOW_OF_NUMBERS = `such as "means: { under_13: { at most: 12 } }", or "${SAYS_NOTHING}:" with the reason.`;

function describeMissingMeaning(question: string, option: string): string {
  return (
    `the option "${option}" of "${question}" does not say what it means. Add "means: [...]" with ids of national/meanings.yaml, ` +
    `or "${SAYS_NOTHING}:" with the reason; to the option, to its group or to the question.`
  );
}

function decides(question: RawQuestion): boolean {
  return rulesOf(question).decides && question['for the record'] === undefined;
}

/** Whether a list of meanings, or a reason for having none, covers the whole question. */
function coversWholeQuestion(question: RawQuestion): boolean {
  const { means } = question;
  if (question[SAYS_NOTHING] !== undefined || typeof means === 'string' || Array.isArray(means)) return true;
  return rulesOf(question).numeric && means !== undefined;
}

function optionsWithoutMeaning(question: RawQuestion): { id: string; path: Path }[] {
  const named = optionsNamed(question);
  // If "yes" has a meaning, "no" simply means that it is not so, and the other way round.
  if (
    rulesOf(question).fixedOptions !== undefined &&
    (named.size > 0 || Object.values(question.options ?? {}).some(saysWhatItMeans))
  )
    return [];
  const plain = Object.entries(question.options ?? {}).map(([id, option]) => ({ id, option, path: ['options', id] }));
  const grouped = Object.entries(question.groups ?? {})
    .filter(([, group]) => group.means === undefined && group[SAYS_NOTHING] === undefined)
    .flatMap(([name, group]) =>
      Object.entries(group.options).map(([id, option]) => ({ id, option, path: ['groups', name, 'options', id] })),
    );
  const written = [...plain, ...grouped].filter(({ id, option }) => !saysWhatItMeans(option) && !named.has(id));
  if (rulesOf(question).fixedOptions === undefined || plain.length > 0) return written;
  return optionIds(question).map((id) => ({ id, path: [] }));
}

function saysWhatItMeans(option: NonNullable<RawQuestion['options']>[string]): boolean {
  return typeof option !== 'string' && (option.means !== undefined || option[SAYS_NOTHING] !== undefined);
}

/** Options that the question's `means` block names. */
function optionsNamed(question: RawQuestion): Set<string> {
  const { means } = question;
  if (!isBlock(means)) return new Set();
  const wordsIn = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return value !== null && typeof value === 'object' ? Object.values(value).flatMap(wordsIn) : [];
  };
  const ids = optionIds(question);
  return new Set(
    Object.values(means)
      .flatMap(wordsIn)
      .filter((word) => ids.includes(word)),
  );
}

/** A block lists the answers for each meaning. The remaining answers may then say that they have no meaning. */
function isBlock(means: RawQuestion['means']): means is Record<string, unknown> {
  return typeof means === 'object' && !Array.isArray(means);
}

function contradictoryPlaces(question: RawQuestion): Path[] {
  const places: [Path, { means?: unknown; [SAYS_NOTHING]?: string | undefined }][] = isBlock(question.means)
    ? []
    : [[[], question]];
  for (const [id, option] of Object.entries(question.options ?? {}))
    if (typeof option !== 'string') places.push([['options', id], option]);
  for (const [name, group] of Object.entries(question.groups ?? {})) {
    places.push([['groups', name], group]);
    for (const [id, option] of Object.entries(group.options))
      if (typeof option !== 'string') places.push([['groups', name, 'options', id], option]);
  }
  return places
    .filter(([, item]) => item.means !== undefined && item[SAYS_NOTHING] !== undefined)
    .map(([path]) => [...path, 'means']);
}
