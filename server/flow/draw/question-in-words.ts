/** Describes a question in words: why it is asked, what each answer sets, and where "I don't know" leads. */

import { capitalise } from '../../base/text.ts';
import type { Flow, Option, Question } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { describeCondition, meaningInWords, optionText } from './describe-condition.ts';
import { describeMarks } from './describe-marks.ts';
import type { Rung } from './draw.ts';

export interface QuestionDescription {
  why: string;
  help?: string;
  answering: string;
  groups: {
    title?: string;
    help?: string;
    options: { text: string; help?: string; marks: string[]; cite: string[] }[];
  }[];
  none?: string;
  /** Meanings that no single option carries by itself. */
  means: string[];
  unknown: string[];
  /** Terms that are explained beside the question. */
  terms: string[];
}

export function describeQuestion(flow: Flow, question: Question, rung: Rung): QuestionDescription {
  const { why, help, none } = question;
  return {
    why,
    ...(help !== undefined && { help }),
    answering: rulesOf(question).howToAnswer(question),
    groups: groupsOf(flow, question),
    ...(none !== undefined && { none }),
    means: otherMeanings(flow, question),
    unknown: unknownLines(flow, question, rung),
    terms: question.define.map((id) => flow.definitions[id]?.term ?? id),
  };
}

function groupsOf(flow: Flow, question: Question): QuestionDescription['groups'] {
  const describeOption = (option: Option) => ({
    text: option.text,
    ...(option.help !== undefined && { help: option.help }),
    marks: [
      ...describeMarks(flow, option, true),
      ...meaningsOfOption(flow, question, option.id),
      ...weakerThanDoubt(question, option.id),
    ],
    cite: option.cite,
  });
  const alone = question.options.filter((option) => option.group === undefined).map(describeOption);
  const groups = question.groups.map(({ id, title, help }) => ({
    title,
    ...(help !== undefined && { help }),
    options: question.options.filter((option) => option.group === id).map(describeOption),
  }));
  return alone.length === 0 ? groups : [{ options: alone }, ...groups];
}

function meaningsOfOption(flow: Flow, question: Question, option: string): string[] {
  const meant = (question.means ?? []).filter(({ when }) => when.kind === 'is' && when.options.includes(option));
  return meant.map(({ meaning }) => `Means: ${meaningInWords(flow, meaning)}`);
}

function weakerThanDoubt({ weakerThanDoubt: written = [], unknown }: Question, option: string): string[] {
  const own = written.filter((one) => one.option === option);
  return own.map(({ why, cite }) => `May lead to less than “${unknown.label}”: ${sentence(why)} (${cite.join(', ')})`);
}

/** Meanings that cannot be listed by option: those of numbers and of several ticks together. */
function otherMeanings(flow: Flow, question: Question): string[] {
  const others = (question.means ?? []).filter(({ when }) => when.kind !== 'is');
  return others.map(({ meaning, when }) => `${meaningInWords(flow, meaning)}: ${describeCondition(flow, when)}.`);
}

/** Where "I don't know" leads, and what it sets. */
function unknownLines(flow: Flow, question: Question, { doubt }: Rung): string[] {
  const { countsAs, ask, goOn, text, whoKnows, label } = question.unknown;
  const quoted = `“${label}”`;
  const lines: string[] = [];
  if (doubt !== undefined) lines.push(`${quoted} leads to ${doubt.name}.`);
  else if (countsAs !== undefined)
    lines.push(
      `${quoted} is treated as “${optionText(question, countsAs)}”: an assumption of Front Door, kept and shown as not known.`,
    );
  else if (ask !== undefined)
    lines.push(`${quoted}: the result says to ask ${flow.contacts[ask]?.name ?? ask}, and the questions go on.`);
  else if (goOn !== undefined) lines.push(`${quoted}: the questions go on. ${sentence(goOn)}`);
  if (text !== undefined) lines.push(text);
  if (whoKnows !== undefined) lines.push(`Who could tell: ${sentence(whoKnows)}`);
  return [...lines, ...describeMarks(flow, question.unknown)];
}

function sentence(text: string): string {
  const capital = capitalise(text);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
