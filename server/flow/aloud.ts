/** A flow as it is read aloud: every step in words, with all that hangs on it. The twin of the drawing. */
import { conditionLines, describeMarks, optionText } from './describe-condition.ts';
import { drawLadders, type Ladder, type Rung } from './draw.ts';
import { type Flow, getPart, getQuestion, type Option, type Question, type Step } from './flow.ts';
import type { QuestionType } from './words.ts';

export interface SpokenStep {
  /** On the page. */
  id: string;
  rung: Rung;
  when: string[];
  text: string;
  /** Of an end: what stands below the action. */
  more?: string;
  question?: SpokenQuestion;
  marks: string[];
  contacts: string[];
  cite: string[];
  law?: string;
}

export interface SpokenQuestion {
  why: string;
  help?: string;
  answering: string;
  groups: {
    title?: string;
    help?: string;
    options: { text: string; help?: string; marks: string[]; cite: string[] }[];
  }[];
  none?: string;
  unknown: string[];
  /** Terms that are explained beside it. */
  terms: string[];
}

export interface SpokenLadder extends Ladder {
  id: string;
  steps: SpokenStep[];
}

export function readAloud(flow: Flow, ladders = drawLadders(flow)): SpokenLadder[] {
  return ladders.map((ladder) => {
    const { steps } = getPart(flow, ladder.part);
    const spoken = steps.map((step, index) => speakStep(flow, step, ladder.rungs[index] as Rung));
    return { ...ladder, id: ladderId(ladder.part), steps: spoken };
  });
}

export function ladderId(part: string): string {
  return `ladder-${part}`;
}

export function stepId({ part, step }: { part: string; step: string }): string {
  return `step-${part}-${step}`;
}

function speakStep(flow: Flow, step: Step, rung: Rung): SpokenStep {
  const base = {
    id: stepId(rung),
    rung,
    when: conditionLines(flow, step.when),
    ...(step.law !== undefined && { law: step.law }),
  };
  const none = { marks: [], contacts: [], cite: [] };
  switch (step.kind) {
    case 'ask': {
      const question = getQuestion(flow, step.question);
      return {
        ...base,
        ...none,
        text: question.text,
        cite: question.cite,
        question: speakQuestion(flow, question, rung),
      };
    }
    case 'call':
      return { ...base, ...none, text: rung.text, cite: getPart(flow, step.flow).cite };
    case 'say':
      return { ...base, ...none, text: step.text, cite: step.cite };
    default: {
      const contacts = step.contacts.map((id) => flow.contacts[id]?.name ?? id);
      const more = step.kind === 'end' && step.text !== undefined ? { more: step.text } : {};
      return { ...base, ...more, text: rung.text, marks: describeMarks(flow, step), contacts, cite: step.cite };
    }
  }
}

const ANSWERING: Record<QuestionType, string> = {
  'yes or no': 'Yes or no.',
  'one of': 'Choose one.',
  'several of': 'Tick all that apply.',
  'short text': 'A line of text.',
  'long text': 'Text.',
  number: 'A whole number',
  date: 'A date.',
};

function speakQuestion(flow: Flow, question: Question, rung: Rung): SpokenQuestion {
  const { why, help, type, none, from, to, unit } = question;
  const range = type === 'number' ? ` from ${from ?? 0} to ${to ?? 'any'}${unit === undefined ? '' : ` ${unit}`}.` : '';
  return {
    why,
    ...(help !== undefined && { help }),
    answering: `${ANSWERING[type]}${range}`,
    groups: groupsOf(flow, question),
    ...(none !== undefined && { none }),
    unknown: unknownLines(flow, question, rung),
    terms: question.define.map((id) => flow.definitions[id]?.term ?? id),
  };
}

function groupsOf(flow: Flow, question: Question): SpokenQuestion['groups'] {
  const speak = (option: Option) => ({
    text: option.text,
    ...(option.help !== undefined && { help: option.help }),
    marks: describeMarks(flow, option, true),
    cite: option.cite,
  });
  const alone = question.options.filter((option) => option.group === undefined).map(speak);
  const groups = question.groups.map(({ id, title, help }) => ({
    title,
    ...(help !== undefined && { help }),
    options: question.options.filter((option) => option.group === id).map(speak),
  }));
  return alone.length === 0 ? groups : [{ options: alone }, ...groups];
}

/** Where "I don't know" leads, and what comes with it. */
function unknownLines(flow: Flow, question: Question, { doubt }: Rung): string[] {
  const { countsAs, ask, goOn, text, whoKnows, label } = question.unknown;
  const says = `“${label}”`;
  const lines: string[] = [];
  if (doubt !== undefined) lines.push(`${says} leads to ${doubt.name}.`);
  else if (countsAs !== undefined)
    lines.push(`${says} counts as “${optionText(question, countsAs)}”, and is kept as not known.`);
  else if (ask !== undefined)
    lines.push(`${says}: the result says to ask ${flow.contacts[ask]?.name ?? ask}, and the questions go on.`);
  else if (goOn !== undefined) lines.push(`${says}: the questions go on. ${sentence(goOn)}`);
  if (text !== undefined) lines.push(text);
  if (whoKnows !== undefined) lines.push(`Who could tell: ${sentence(whoKnows)}`);
  return [...lines, ...describeMarks(flow, question.unknown)];
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
