/** Applies the national floor of rules to one area: the same meanings everywhere, with the area's own contacts and scale. */

import type { Flow, Reader } from '../flow.ts';
import type { Compiler } from '../language/compile.ts';
import type { Content, Located } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import type { RawFloor, RawFloorRule } from '../language/schema.ts';
import { describeMissing, findIn, floorOf, knownIn, resolveContact, type Scope } from '../language/scope.ts';
import { NATIONAL } from '../national.ts';
import { didYouMean, type Problem } from '../problem.ts';
import type { Demanded, Rule } from './safety.ts';
import { compileStricter, type Stricter } from './stricter.ts';

/** A documented exception of an area from the floor, and who is responsible for it. */
export interface FloorException {
  rule: string;
  doors: string[];
  why: string;
  cite: string[];
  signedBy: string;
  at: Rule['at'];
}

export interface ExclusiveGroup {
  id: string;
  says: string;
  words: string[];
}

export interface Floor {
  rules: Rule[];
  exceptions: FloorException[];
  /** Where the area is stricter than the national flows. */
  stricter: Stricter[];
  groups: ExclusiveGroup[];
  /** The first question of every door must have an answer with one of these meanings. */
  firstAsked: string[];
  /** Every main door must have answers with each of these meanings. */
  heard: string[];
  /** Meaning id → its text. */
  meanings: Record<string, string>;
}

const EVERY_READER: Reader[] = ['professional', 'public', 'child'];

/** Undefined if the national folder has no floor. */
export function compileFloor(scope: Scope, compiler: Compiler): Floor | undefined {
  const written = (scope.national ?? scope.own).floor;
  if (written === undefined) return undefined;
  const { value } = written;
  const rules = Object.entries(value.floor).map(([id, rule]) =>
    compileRule(scope, compiler, { ...written, id, value: rule, path: ['floor', id] }),
  );
  for (const key of ['first asked', 'every main door hears'] as const)
    for (const [index, meaning] of value[key].entries())
      if (findIn(scope, 'meanings', meaning) === undefined)
        compiler.report(written, [key, index], describeMissing(scope, 'meanings', meaning));
  return {
    rules,
    exceptions: scope.own.floorExceptions.map((one) => compileException(scope, compiler, one)),
    stricter: compileStricter(scope, compiler),
    groups: Object.entries(value['one of']).map(([id, group]) => ({ id, ...group })),
    firstAsked: value['first asked'],
    heard: value['every main door hears'],
    meanings: Object.fromEntries(
      knownIn(scope, 'meanings').map((id) => [id, findIn(scope, 'meanings', id)?.value.says ?? id]),
    ),
  };
}

function compileRule(scope: Scope, compiler: Compiler, located: Located<RawFloorRule>): Rule {
  const { value } = located;
  if (value.always === undefined && value.never === undefined)
    compiler.report(located, [], `the rule "${located.id}" needs "always" or "never".`);
  const { file, line, column } = problemIn(located.document, located.path, '');
  return {
    id: located.id,
    says: value.says,
    readers: value.for ?? EVERY_READER,
    isFloor: true,
    whenever: compiler.condition(value.whenever, located, ['whenever']),
    ...(value.always !== undefined && { always: demand(scope, compiler, located, 'always') }),
    ...(value.never !== undefined && { never: demand(scope, compiler, located, 'never') }),
    cite: compiler.cite(value.cite, located, ['cite']),
    at: { file, line, column },
  };
}

const CONTACTS = ['contact', 'first contact', 'a contact of', 'a step with'] as const;
/** Only one of the contacts is required, so some of them may exist in some areas only. */
const ONE_OF_THEM: readonly string[] = ['a contact of', 'a step with'];

function demand(scope: Scope, compiler: Compiler, located: Located<RawFloorRule>, part: 'always' | 'never'): Demanded {
  const { level, ...expected } = located.value[part] ?? {};
  const contacts = CONTACTS.flatMap((key) => {
    const ids = expected[key]?.map((id) => resolveContact(scope, id));
    for (const id of ids ?? [])
      if (findIn(scope, 'contacts', id) === undefined && !ONE_OF_THEM.includes(key))
        compiler.report(located, [part, key], describeMissing(scope, 'contacts', id));
    return ids === undefined ? [] : [[key, ids] as const];
  });
  checkWords(scope, compiler, located, part);
  for (const meaning of expected['the tool for'] ?? [])
    if (findIn(scope, 'meanings', meaning) === undefined)
      compiler.report(located, [part, 'the tool for'], describeMissing(scope, 'meanings', meaning));
  return {
    ...expected,
    ...Object.fromEntries(contacts),
    ...(level !== undefined && { level: compiler.levels() }),
  };
}

function checkWords(scope: Scope, compiler: Compiler, located: Located<RawFloorRule>, part: 'always' | 'never'): void {
  const groups = floorOf(scope)['one of'];
  for (const [group, words] of Object.entries(located.value[part]?.['one of'] ?? {}))
    for (const word of words)
      if (!groups[group]?.words.includes(word))
        compiler.report(
          located,
          [part, 'one of', group],
          `"${group}: ${word}" is not listed under "one of". Add it there.`,
        );
}

function compileException(
  scope: Scope,
  compiler: Compiler,
  located: Content['floorExceptions'][number],
): FloorException {
  const { rule, doors, why, cite } = located.value;
  const known = Object.keys(floorOf(scope).floor);
  if (!known.includes(rule))
    compiler.report(located, ['rule'], { missing: `the floor has no rule "${rule}".${didYouMean(rule, known)}` });
  for (const door of doors)
    if (findIn(scope, 'flows', door) === undefined)
      compiler.report(located, ['doors'], describeMissing(scope, 'flows', door));
  const { file, line, column } = problemIn(located.document, located.path, '');
  return {
    rule,
    doors,
    why,
    cite: compiler.cite(cite, located, ['cite']),
    signedBy: located.value['signed by'],
    at: { file, line, column },
  };
}

/** Checks that only the national folder has a floor, and that an area's main doors have answers with the meanings that it lists. */
export function checkFloor(scope: Scope, flows: ReadonlyMap<string, Flow>): Problem[] {
  const { own } = scope;
  if (own.folder === NATIONAL) return [];
  const misplaced =
    own.floor === undefined
      ? []
      : [
          problemIn(
            own.floor.document,
            [],
            'the floor is the same everywhere. Move these rules to national/floor.yaml, or to safety.yaml.',
          ),
        ];
  return [...misplaced, ...checkMainDoors(scope, floorOf(scope), flows)];
}

function checkMainDoors(scope: Scope, floor: RawFloor, flows: ReadonlyMap<string, Flow>): Problem[] {
  const { area } = scope.own;
  if (area === undefined || floor['every main door hears'].length === 0) return [];
  const main = Object.entries(area.value.doors).filter(([, door]) => door.main === 'yes');
  if (main.length === 0)
    return [
      problemIn(
        area.document,
        ['doors'],
        'no door says "main: yes". Say it of the door for whoever has a worry, whatever it is: it has to hear every worry that national/floor.yaml lists.',
      ),
    ];
  return main.flatMap(([id]) => {
    const heard = new Set(
      Object.values(flows.get(id)?.questions ?? {}).flatMap(({ means }) => (means ?? []).map(({ meaning }) => meaning)),
    );
    const unheard = floor['every main door hears'].filter((meaning) => !heard.has(meaning));
    return unheard.map((meaning) => {
      const says = findIn(scope, 'meanings', meaning)?.value.says ?? meaning;
      const message = `the door "${id}" cannot hear this worry: ${says}. Give a question that it asks an option with "means: [${meaning}]", or add the meaning to an option that is about it.`;
      return { ...problemIn(area.document, ['doors', id], message), cause: 'unheard' as const };
    });
  });
}
