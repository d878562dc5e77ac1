/** What an answer means, from what an author wrote. What "I don't know" counts as was not said, so it means nothing. */
import { isMet, type Known } from './condition.ts';
import { type Branch, branch, list, type Tree } from './content.ts';

export function meaningsIn(id: string, question: Branch, answer: readonly string[]): string[] {
  const isDoubt = answer.includes('unknown');
  const said = answer.filter((word) => word !== 'unknown' && word !== 'none');
  const { means } = question;
  const isBlock = typeof means === 'object' && !Array.isArray(means);
  const whole = isBlock || said.length === 0 ? [] : list(means);
  const isList = question.type === 'several of';
  const known: Known = {
    seen: new Set(said),
    isDoubt,
    isSure: !isDoubt,
    isNumber: question.type === 'number',
    hasTicks: isList && said.length > 0,
  };
  const facts = new Map([[id, known]]);
  const named = isBlock
    ? Object.entries(means).flatMap(([name, answers]) => (isMet({ [id]: answers }, facts, { level: 0 }) ? [name] : []))
    : [];
  const doubt = isDoubt ? list(branch(question.unknown).means) : [];
  return [
    ...whole,
    ...named,
    ...optionsOf(question).flatMap(([option, own]) => (said.includes(option) ? own : [])),
    ...doubt,
  ];
}

/** Each option with its own meanings and those of its group. */
function optionsOf(question: Branch): [string, string[]][] {
  const own = (options: Tree | undefined, shared: string[]): [string, string[]][] =>
    Object.entries(branch(options)).map(([option, body]) => [option, [...shared, ...list(branch(body).means)]]);
  const groups = Object.values(branch(question.groups)).map(branch);
  return [...own(question.options, []), ...groups.flatMap((group) => own(group.options, list(group.means)))];
}
