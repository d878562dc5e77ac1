/** Checks each question by itself: does it have what its type needs, and does it say where "I don't know" leads? */

import type { Content, Located, RawQuestion } from '../language/content.ts';
import { optionIds } from '../language/question-facts.ts';
import { problemIn } from '../language/read.ts';
import { RESERVED } from '../language-words.ts';
import { didYouMean, type Problem } from '../problem.ts';
import type { OwnKey, Report } from '../question-types/question-type.ts';
import { rulesOf } from '../question-types/question-types.ts';

export function checkQuestionShapes(content: Content): Problem[] {
  const problems: Problem[] = [];
  for (const question of content.questions.values()) {
    const report: Report = (path, message) =>
      void problems.push(problemIn(question.document, [...question.path, ...path], `"${question.id}": ${message}`));
    checkId(content, question, report);
    checkOptions(question.value, report);
    checkUnknown(question.value, report);
    checkUsual(question.value, report);
  }
  return problems;
}

function checkId(content: Content, question: Located<RawQuestion>, report: Report): void {
  if (RESERVED.includes(question.id))
    report([], `this is a word of the language and cannot be an id. Choose another, such as "${question.id}_known".`);
  const retired = content.retired.get(question.id);
  if (retired !== undefined)
    report(
      [],
      `this id was retired on ${retired.value.on} (${retired.value.why}) and is not used again. Choose a new one.`,
    );
}

function checkOptions(question: RawQuestion, report: Report): void {
  const ids = optionIds(question);
  rulesOf(question).checkShape(question, report);
  checkOwnKeys(question, report);
  for (const id of ids) {
    if (id === 'unknown' || id === 'none')
      report(['options', id], `"${id}" is a word of the language and cannot be an option.`);
    if (ids.filter((other) => other === id).length > 1)
      report([], `the option "${id}" stands here twice. Option ids are unique in the question.`);
  }
  for (const [index, exception] of (question['order exceptions'] ?? []).entries())
    if (!ids.includes(exception.option))
      report(
        ['order exceptions', index],
        `there is no option "${exception.option}".${didYouMean(exception.option, ids)}`,
      );
}

/** Reports keys that the question's type does not allow. */
function checkOwnKeys(question: RawQuestion, report: Report): void {
  const { type } = question;
  const { ownKeys } = rulesOf(question);
  const isForeign = (...keys: OwnKey[]) => keys.some((key) => question[key] !== undefined && !ownKeys.includes(key));
  if (isForeign('none')) report(['none'], 'only a checklist ("several of") has "none".');
  if (isForeign('from', 'to')) report([], `only a number has "from" and "to", not a ${type}.`);
  if (isForeign('not before', 'not after')) report([], `only a date has "not before" and "not after", not a ${type}.`);
}

function checkUsual(question: RawQuestion, report: Report): void {
  const { usual } = question;
  const ids = optionIds(question);
  if (usual !== undefined && !ids.includes(usual))
    report(['usual'], `"usual: ${usual}" is no option.${didYouMean(usual, ids)} It has: ${ids.join(', ') || 'none'}.`);
}

const LEADS = ['counts as', 'leads to', 'ask', 'go on'] as const;

function checkUnknown(question: RawQuestion, report: Report): void {
  const { unknown } = question;
  const given = LEADS.filter((key) => unknown[key] !== undefined);
  if (given.length === 0)
    report(['unknown'], 'say where "I don’t know" leads. Add one of: counts as, leads to, ask, go on.');
  if (given.length > 1) report(['unknown'], `"I don’t know" leads to one place. Keep one of: ${given.join(', ')}.`);
  const counts = unknown['counts as'];
  if (counts === undefined) return;
  const ids = optionIds(question);
  if (rulesOf(question).numeric) {
    const { from, to } = question;
    // A missing bound has already been reported.
    if (from === undefined || to === undefined) return;
    const number = Number(counts);
    if (!Number.isInteger(number) || number < from || number > to)
      report(['unknown', 'counts as'], `"counts as: ${counts}" is not a number from ${from} to ${to}.`);
  } else if (!ids.includes(counts))
    report(
      ['unknown', 'counts as'],
      `"counts as: ${counts}" is no option.${didYouMean(counts, ids)} It has: ${ids.join(', ') || 'none'}.`,
    );
}
