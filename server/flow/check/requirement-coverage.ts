/** Which flows, safety rules and cases implement each numbered rule of the documents. */

import type { Flow } from '../flow.ts';
import type { Content, Located, RawQuestion } from '../language/content.ts';
import type { Path } from '../language/read.ts';
import { findIn, type Scope } from '../language/scope.ts';
import { NATIONAL } from '../national.ts';
import type { ReadArea, ReadLibrary } from './library.ts';

export interface Carried {
  id: string;
  says: string;
  /** Why no answer in a consultation can depend on the rule. */
  decidesNothing?: string;
  /** In the form `AREA/ID`. */
  flows: string[];
  /** Instruments and pathways that implement it on the specialist team's pages. */
  instruments: string[];
  safetyRules: string[];
  cases: string[];
}

/** An item of the content that cites rules. */
export interface Citing extends Located<unknown> {
  rules: string[];
}

export function carriedRequirements(library: ReadLibrary): Carried[] {
  const national = library.areas.get(NATIONAL);
  const requirements = [...(national?.content.requirements.values() ?? [])];
  const areas = [...library.areas.values()];
  const flows = areas.flatMap((area) => citedByFlows(area, national));
  const rules = areas.flatMap(({ content }) => cited(content, content.rules.values()));
  const instruments = areas.flatMap(({ content }) => cited(content, instrumentsIn(content)));
  const cases = areas.flatMap(({ content }) => cited(content, content.cases.values()));
  return requirements.map(({ id, value }) => ({
    id,
    says: value.says,
    ...(value['decides nothing'] !== undefined && { decidesNothing: value['decides nothing'] }),
    flows: naming(flows, id),
    instruments: naming(instruments, id),
    safetyRules: naming(rules, id),
    cases: naming(cases, id),
  }));
}

/** A rule that decides something is covered if a flow acts on it and a case shows that. */
export function isCarried({ flows, cases, decidesNothing }: Carried): boolean {
  return decidesNothing !== undefined || (flows.length > 0 && cases.length > 0);
}

function instrumentsIn({ instruments, pathway }: Content): Located<unknown>[] {
  return [...instruments.values(), ...(pathway === undefined ? [] : [pathway])];
}

/** Everything in the folder that cites rules. */
export function citingOf(content: Content): Citing[] {
  const { next, record, definitions, rules, cases } = content;
  const tables = [next, record, definitions, rules, cases].flatMap(
    (table) => [...table.values()] as Located<unknown>[],
  );
  const flows = [...content.flows.values()].flatMap((flow) => [flow, ...flow.steps]);
  // Questions written at a step have been read with that step already.
  const apart = [...content.questions.values()].filter(({ path }) => path[0] === 'questions');
  const options = [...content.questions.values()].flatMap(optionsOf);
  return [...tables, ...instrumentsIn(content), ...flows, ...apart, ...options]
    .map(toCiting)
    .filter(({ rules }) => rules.length > 0);
}

function toCiting(located: Located<unknown>): Citing {
  return { ...located, rules: (located.value as { rules?: string[] }).rules ?? [] };
}

function optionsOf(question: Located<RawQuestion>): Located<unknown>[] {
  const within = (options: object | undefined, path: Path) =>
    Object.entries(options ?? {}).map(([id, value]) => ({
      ...question,
      id,
      value,
      path: [...question.path, ...path, id],
    }));
  const { options, groups } = question.value;
  const grouped = Object.entries(groups ?? {}).flatMap(([id, group]) =>
    within(group.options, ['groups', id, 'options']),
  );
  return [...within(options, ['options']), ...grouped].filter(({ value }) => typeof value === 'object');
}

interface Named {
  name: string;
  rules: string[];
}

function naming(all: readonly Named[], rule: string): string[] {
  return [...new Set(all.filter(({ rules }) => rules.includes(rule)).map(({ name }) => name))];
}

function cited(content: Content, items: Iterable<Located<unknown>>): Named[] {
  return [...items].map((item) => ({ name: `${content.folder}/${item.id}`, rules: toCiting(item).rules }));
}

/** A door's flow also covers what the flows, questions and next steps that it uses cover. */
function citedByFlows(area: ReadArea, national: ReadArea | undefined): Named[] {
  const scope = {
    own: area.content,
    ...(national !== undefined && national !== area && { national: national.content }),
  };
  return [...area.flows.values()].map((flow) => {
    const home = area.content.flows.has(flow.id) ? area.content.folder : NATIONAL;
    return { name: `${home}/${flow.id}`, rules: partsOf(scope, flow).flatMap((item) => toCiting(item).rules) };
  });
}

function partsOf(scope: Scope, flow: Flow): Located<unknown>[] {
  const ladders = Object.keys(flow.parts).flatMap((id) => findIn(scope, 'flows', id) ?? []);
  const tables = (['questions', 'next', 'record', 'definitions'] as const).flatMap((table) =>
    Object.keys(flow[table]).flatMap((id) => (findIn(scope, table, id) as Located<unknown> | undefined) ?? []),
  );
  const options = Object.keys(flow.questions).flatMap((id) => {
    const question = findIn(scope, 'questions', id);
    return question === undefined ? [] : optionsOf(question);
  });
  return [...ladders.flatMap((ladder) => [ladder, ...ladder.steps]), ...tables, ...options];
}
