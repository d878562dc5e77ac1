/** Lists every mutation of one file. Wording is never changed, since only a person can judge it. */
import type { Path } from '../../server/flow/language/read.ts';
import { conditionChanges } from './conditions.ts';
import { contactChanges, markChanges, optionsIn, timeChanges } from './marks.ts';
import { type Branch, type Change, isBranch, type Tree } from './mutant.ts';
import type { Names } from './names.ts';

export function changesOf(names: Names, name: string, tree: Branch): Change[] {
  if (name === 'timetable.yaml')
    return entries(tree.next).flatMap(([id, step]) => nextChanges(names, step, ['next', id]));
  if (name === 'questions.yaml')
    return entries(tree.questions).flatMap(([id, question]) => questionChanges(names, question, ['questions', id]));
  return Array.isArray(tree.steps) ? flowChanges(names, tree.steps as Branch[]) : [];
}

function entries(tree: Tree | undefined): [string, Branch][] {
  return isBranch(tree) ? Object.entries(tree).filter((entry): entry is [string, Branch] => isBranch(entry[1])) : [];
}

function nextChanges(names: Names, step: Branch, path: Path): Change[] {
  return [
    ...timeChanges(step.within, [...path, 'within']),
    ...(step.within === undefined
      ? []
      : [{ kind: 'time', path: [...path, 'within'], to: undefined, says: `no time, not ${step.within}` }]),
    ...contactChanges(names, 'with', step.with, path),
    ...lineChanges(names, step, path),
  ];
}

function flowChanges(names: Names, steps: Branch[]): Change[] {
  const each = steps.flatMap((step, index) => stepChanges(names, step, ['steps', index], index === steps.length - 1));
  const pairs = steps.slice(1).flatMap((step, index) => pairChanges(steps, steps[index] as Branch, step, index));
  return [...each, ...pairs];
}

function stepChanges(names: Names, step: Branch, path: Path, isLast: boolean): Change[] {
  const kind = Object.keys(step)[0] ?? '';
  if (kind === 'say') return [];
  // Never remove the last step: the check would always notice, so it tells us nothing.
  const left = isLast ? [] : [{ kind: 'step', path, to: undefined, says: `without ${kind} ${step[kind]}` }];
  const when =
    step.when === undefined
      ? []
      : [{ kind: 'condition', path: [...path, 'when'], to: undefined, says: 'without "when"' }];
  const stays =
    step[THEN] === undefined
      ? []
      : [{ kind: 'step', path: [...path, THEN], to: undefined, says: 'goes on, does not return' }];
  return [
    ...left,
    ...when,
    ...stays,
    ...conditionChanges(names, step.when ?? '', [...path, 'when']),
    ...(kind === 'ask' ? questionChanges(names, step, path) : markChanges(names, step, path)),
    ...(kind === 'call' ? callChanges(names, String(step.call), path) : []),
    ...lineChanges(names, step, path),
    ...contactChanges(names, 'contact', step.contact, path),
    ...contactChanges(names, 'contacts', step.contacts, path),
    ...(kind === 'end' ? timeChanges(step.within, [...path, 'within']) : []),
  ];
}

const THEN = 'then';

function callChanges(names: Names, called: string, path: Path): Change[] {
  const other = names.otherFlow(called);
  return other === undefined
    ? []
    : [{ kind: 'target', path: [...path, 'call'], to: other, says: `call ${other}, not ${called}` }];
}

/** Swaps two neighbouring steps, or the conditions that lead to them. */
function pairChanges(steps: Branch[], first: Branch, second: Branch, index: number): Change[] {
  const place = (pair: Branch[]): Tree => [...steps.slice(0, index), ...pair, ...steps.slice(index + 2)];
  const name = (step: Branch) => String(Object.values(step)[0]);
  const [one, two] = [name(first), name(second)];
  if (first.say !== undefined || second.say !== undefined) return [];
  const order: Change = { kind: 'order', path: ['steps'], to: place([second, first]), says: `${two} before ${one}` };
  if (first.when === undefined || second.when === undefined || first.ask !== undefined || second.ask !== undefined)
    return [order];
  const turned = [
    { ...first, when: second.when },
    { ...second, when: first.when },
  ];
  return [
    order,
    { kind: 'target', path: ['steps'], to: place(turned), says: `${one} and ${two} exchange their "when"` },
  ];
}

function questionChanges(names: Names, question: Branch, path: Path): Change[] {
  const lists = optionsIn(question);
  const unknown = isBranch(question.unknown) ? question.unknown : {};
  const shared = [
    { path: ['each'], each: question.each },
    ...entries(question.groups).map(([id, group]) => ({ path: ['groups', id, 'each'], each: group.each })),
  ];
  return [
    ...lists.flatMap((list) => optionChanges(names, list.options, [...path, ...list.path])),
    ...groupMoves(question, path),
    ...entries(question.groups).flatMap(([id, group]) => meaningChanges(group, [...path, 'groups', id])),
    ...meaningChanges(question, path),
    ...shared.flatMap(({ path: inner, each }) => (isBranch(each) ? markChanges(names, each, [...path, ...inner]) : [])),
    ...markChanges(names, unknown, [...path, 'unknown']),
    ...contactChanges(names, 'ask', unknown.ask, [...path, 'unknown']),
    ...countsAsChanges(names, question, unknown, path),
  ];
}

function optionChanges(names: Names, options: Branch, path: Path): Change[] {
  return Object.entries(options).flatMap(([id, option]) => [
    { kind: 'option', path: [...path, id], to: undefined, says: `without option ${id}` },
    ...(isBranch(option)
      ? [...markChanges(names, option, [...path, id]), ...meaningChanges(option, [...path, id])]
      : []),
  ]);
}

/** Removes a meaning, so that the floor rules no longer see it. */
function meaningChanges({ means }: Branch, path: Path): Change[] {
  const here = [...path, 'means'];
  if (isBranch(means))
    return Object.keys(means).map((id) => ({
      kind: 'meaning',
      path: [...here, id],
      to: undefined,
      says: `does not mean ${id}`,
    }));
  if (!Array.isArray(means)) return [];
  // Without its last meaning, the check would complain that it has none, which would tell us nothing.
  if (means.length === 1)
    return [{ kind: 'meaning', path: here, to: ['early_help_need'], says: `does not mean ${means[0]}` }];
  return means.map((id, index) => ({
    kind: 'meaning',
    path: [...here, index],
    to: undefined,
    says: `does not mean ${id}`,
  }));
}

/** Removes the condition of a line, so that it always appears. */
function lineChanges(names: Names, line: Branch, path: Path): Change[] {
  const onlyWith = line['only with'];
  const lost = ['only with', 'to'].flatMap((key) =>
    line[key] === undefined ? [] : [{ kind: 'line', path: [...path, key], to: undefined, says: `without "${key}"` }],
  );
  return [...lost, ...conditionChanges(names, onlyWith ?? '', [...path, 'only with'])];
}

/** Moves the first option of a group into the previous group. */
function groupMoves(question: Branch, path: Path): Change[] {
  const groups = entries(question.groups);
  return groups.slice(1).flatMap(([id, group], index) => {
    const [beforeId, before] = groups[index] ?? ['', {}];
    const [[moved, option] = ['', '']] = Object.entries(group.options as Branch);
    const { [moved]: _moved, ...left } = group.options as Branch;
    if (Object.keys(left).length === 0) return [];
    const changed = {
      ...(question.groups as Branch),
      [beforeId]: { ...before, options: { ...(before.options as Branch), [moved]: option } },
      [id]: { ...group, options: left },
    };
    return [
      { kind: 'option', path: [...path, 'groups'], to: changed, says: `option ${moved} in the group ${beforeId}` },
    ];
  });
}

function countsAsChanges(names: Names, question: Branch, unknown: Branch, path: Path): Change[] {
  const counted = unknown['counts as'];
  if (counted === undefined) return [];
  const here = [...path, 'unknown', 'counts as'];
  const ids = question.type === 'number' ? [] : (names.options(String(question.ask ?? path.at(-1))) ?? []);
  const others =
    question.type === 'number'
      ? [String(Number(counted) + 1), String(Number(counted) - 1)]
      : ids.filter((id) => id !== counted);
  const { 'counts as': _counted, ...rest } = unknown;
  return [
    ...others.map((to) => ({ kind: 'counts as', path: here, to, says: `counts as ${to}, not ${counted}` })),
    {
      kind: 'counts as',
      path: [...path, 'unknown'],
      to: { ...rest, 'go on': 'It goes on.' },
      says: `goes on, does not count as ${counted}`,
    },
  ];
}
