/** Compiles `desk.yaml` into the Desk of an area. Missing references and implausible values are reported where they are written. */

import {
  type AnswerTemplate,
  BLANKS,
  type Desk,
  type DeskDecision,
  type DeskField,
  type DeskRetention,
  type DeskStep,
} from '../desk.ts';
import { DESK_DECISIONS } from '../desk-decisions.ts';
import type { Compiler } from '../language/compile.ts';
import { compileContact, compileNext } from '../language/compile-tables.ts';
import type { Located } from '../language/content.ts';
import type { RawDesk } from '../language/schema-desk.ts';
import { describeMissing, findIn, type Scope } from '../language/scope.ts';
import { didYouMean, type Message } from '../problem.ts';
import { checkCounted, checkListed, describeUncountable, isText } from './counted-fields.ts';
import { checkAdditions, compileKnown, compileRecordAnswers } from './desk-known.ts';

type Table = 'fields' | 'outcomes' | 'answers';
type Item<T extends Table> = NonNullable<RawDesk[T]> extends Partial<Record<string, infer R>> ? R : never;
type Raw<T> = { id: string; value: T; from: Located<RawDesk> };

const EVERY_OUTCOME = 'every outcome';
const ANY_ANSWER = 'any answer';

/** Undefined if there is no desk. If problems were reported, the result must not be used. */
export function compileDesk(scope: Scope, compiler: Compiler): Desk | undefined {
  const own = scope.own.desk;
  if (own === undefined) return undefined;
  const { desk: times, dispute } = own.value;
  const fields = gather(scope, 'fields').map((item) => compileField(scope, compiler, item));
  const outcomes = compileOutcomes(scope, compiler, own);
  if (scope.national === undefined) return undefined;
  checkCounted(compiler, own, fields);
  checkListed(compiler, own, fields);
  if (times === undefined) compiler.report(own, [], 'say within which time the desk claims and answers: add "desk".');
  if (dispute === undefined)
    compiler.report(own, [], 'say what happens when a referrer disputes an outcome: add "dispute".');
  checkBlanks(compiler, own, ['dispute', 'message'], dispute?.message ?? '');
  checkAdditions(scope, compiler, own);
  if (own.value.departures !== undefined) compiler.cite(own.value.departures.cite, own, ['departures', 'cite']);
  const steps = Object.entries(dispute?.steps ?? {}).map(([id, step]) => compileStep(compiler, own, id, step));
  return {
    ...timesOf(times),
    cite: compiler.cite(times?.cite ?? [], own, ['desk', 'cite']),
    ...(times?.note !== undefined && { note: times.note }),
    fields,
    outcomes,
    departuresCountersignedBy: own.value.departures?.['countersigned by'] ?? [],
    answers: compileAnswers(scope, compiler),
    recordAnsweredBy: compileRecordAnswers(scope, compiler),
    retention: compileRetention(compiler, own),
    dispute: { steps, message: dispute?.message ?? '' },
    holidays: (scope.own.holidays ?? scope.national.holidays)?.days ?? [],
  };
}

function timesOf(times: RawDesk['desk']) {
  return {
    claimWithin: times?.['claim within'] ?? 'at once',
    answerWithin: times?.['answer within'] ?? 'at once',
    atOnceLateAfter: times?.['at once is late after'] ?? '0 minutes',
    countersignWithin: times?.['countersign within'] ?? '1 working day',
  };
}

function compileRetention(compiler: Compiler, own: Located<RawDesk>): DeskRetention {
  const { retention } = own.value;
  if (retention === undefined) compiler.report(own, [], 'say how long what was written is kept: add "retention".');
  return {
    from: retention?.from ?? 'the last entry',
    withoutOutcome: retention?.['without an outcome'] ?? '',
    neverAsked: retention?.['never asked'] ?? '',
    searches: retention?.searches ?? '',
    note: retention?.note ?? '',
    cite: compiler.cite(retention?.cite ?? [], own, ['retention', 'cite']),
  };
}

/** The area's own entries first, then the national ones. An area's entry replaces a national one with the same id. */
function compileAnswers(scope: Scope, compiler: Compiler): AnswerTemplate[] {
  const found = gather(scope, 'answers');
  const first = found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);
  return first.map(({ id, value, from }) => {
    checkBlanks(compiler, from, ['answers', id, 'text'], value.text);
    return {
      id,
      label: value.label,
      text: value.text,
      outcomes: value.outcomes ?? [],
      cite: compiler.cite(value.cite, from, ['answers', id, 'cite']),
    };
  });
}

function checkBlanks(compiler: Compiler, from: Located<RawDesk>, path: string[], text: string): void {
  for (const [whole, name = ''] of text.matchAll(/\{([^}]*)\}/g))
    if (!(BLANKS as readonly string[]).includes(name))
      compiler.report(
        from,
        path,
        `nothing can be filled in for "${whole}".${didYouMean(name, BLANKS)} Known are: ${BLANKS.join(', ')}.`,
      );
}

/** The area's own entries first, then the national ones. */
function gather<T extends Table>(scope: Scope, table: T): Raw<Item<T>>[] {
  return [scope.own.desk, scope.national?.desk]
    .filter((from) => from !== undefined)
    .flatMap((from) =>
      Object.entries(from.value[table] ?? {}).map(([id, value]) => ({ id, value: value as Item<T>, from })),
    );
}

function compileField(scope: Scope, compiler: Compiler, { id, value, from }: Raw<Item<'fields'>>): DeskField {
  const report = (path: string[], message: Message) => compiler.report(from, ['fields', id, ...path], message);
  if (from === scope.own.desk && scope.national?.desk?.value.fields?.[id] !== undefined)
    report([], `"${id}" stands here and in ${scope.national.desk.document.file}. Give one of them another id.`);
  const options = optionsOf(value);
  checkFieldType(value, options, report);
  const listedAs = value['listed as'];
  const known = compileKnown(scope, compiler, { id, value, from, options });
  const reasons = value['reason for'] ?? [];
  checkReasons(reasons, options, report);
  return {
    id,
    label: value.label,
    ...(value.hint !== undefined && { hint: value.hint }),
    type: value.type,
    options,
    neededFor: neededFor(value['needed for'] ?? [], report),
    reasonFor: reasons.filter((answer) => answer !== ANY_ANSWER),
    reasonAlways: reasons.includes(ANY_ANSWER),
    levels: checkLevels(compiler, value.levels ?? [], report),
    flows: checkFlows(scope, value.flows ?? [], report),
    ...(value.counts !== undefined && { counts: value.counts }),
    ...known,
    ...(value['same as'] !== undefined && { sameAs: value['same as'] }),
    afterwards: value.afterwards === 'yes',
    ...(listedAs !== undefined && { listedAs }),
    cite: compiler.cite(value.cite, from, ['fields', id, 'cite']),
  };
}

type Report = (path: string[], message: Message) => void;

function checkFieldType(value: Item<'fields'>, options: DeskField['options'], report: Report): void {
  const { type, counts } = value;
  if (type === 'one of' && options.length < 2) report([], 'a choice needs at least two options.');
  if (type !== 'one of' && value.options !== undefined)
    report(['options'], `a ${type} has no options of its own. Take them out, or say "type: one of".`);
  const uncountable = counts === undefined ? undefined : describeUncountable({ type, options });
  if (uncountable !== undefined) report(['counts'], uncountable);
  if (value['listed as'] !== undefined && !isText(value)) report(['listed as'], `a ${type} is counted, not listed.`);
}

function checkReasons(reasons: readonly string[], options: DeskField['options'], report: Report): void {
  const answers = options.map((option) => option.id);
  for (const answer of reasons)
    if (answer !== ANY_ANSWER && !answers.includes(answer))
      report(['reason for'], `there is no answer "${answer}".${didYouMean(answer, [...answers, ANY_ANSWER])}`);
}

function optionsOf({ type, options }: Item<'fields'>): DeskField['options'] {
  if (type === 'yes or no')
    return [
      { id: 'yes', text: 'Yes' },
      { id: 'no', text: 'No' },
    ];
  return Object.entries(options ?? {}).map(([id, text]) => ({ id, text }));
}

function neededFor(named: string[], report: Report): string[] {
  if (named.includes(EVERY_OUTCOME)) return [...DESK_DECISIONS];
  for (const id of named)
    if (!(DESK_DECISIONS as readonly string[]).includes(id))
      report(['needed for'], `there is no outcome "${id}".${didYouMean(id, [...DESK_DECISIONS, EVERY_OUTCOME])}`);
  return named;
}

function checkLevels(compiler: Compiler, levels: number[], report: Report): number[] {
  for (const level of levels)
    if (level < 1 || level > compiler.levels())
      report(['levels'], `level ${level} is not on the scale of area.yaml, which goes from 1 to ${compiler.levels()}.`);
  return levels;
}

function checkFlows(scope: Scope, flows: string[], report: Report): string[] {
  for (const flow of flows)
    if (findIn(scope, 'flows', flow) === undefined) report(['flows'], describeMissing(scope, 'flows', flow));
  return flows;
}

/** All outcomes, in the same order everywhere. The area's entry for an outcome replaces the national one. */
function compileOutcomes(scope: Scope, compiler: Compiler, own: Located<RawDesk>): DeskDecision[] {
  return DESK_DECISIONS.flatMap((id) => {
    const item = gather(scope, 'outcomes').find((candidate) => candidate.id === id);
    if (item !== undefined) return [compileOutcome(compiler, id, item)];
    // All areas have it from the national file, where it is said once.
    const national = scope.national?.desk;
    const message = { missing: `the outcome "${id}" is missing. Add it under "outcomes".` };
    if (national !== undefined) compiler.report(national, national.value.outcomes ? ['outcomes'] : [], message);
    else if (scope.national !== undefined) compiler.report(own, [], message);
    return [];
  });
}

function compileOutcome(
  compiler: Compiler,
  id: DeskDecision['id'],
  { value, from }: Raw<Item<'outcomes'>>,
): DeskDecision {
  if (id === 'no_further_action' && value.reason !== 'needed')
    compiler.report(from, ['outcomes', id], 'no further action always needs a reason: add "reason: needed".');
  return {
    id,
    label: value.label,
    ...(value.hint !== undefined && { hint: value.hint }),
    forReferrer: value['for the referrer'],
    needsReason: value.reason === 'needed',
    decidedBy: value['decided by'] ?? [],
    reviewed: value['reviewed by'] !== undefined,
    countersignedBy: value['countersigned by'] ?? [],
    departsAt: value['departs at'] ?? [],
    next: (value.next ?? []).flatMap((next) => compileNextStep(compiler, from, [id, 'next'], next)),
    nextIfAdvised: (value['next if advised'] ?? []).flatMap((next) =>
      compileNextStep(compiler, from, [id, 'next if advised'], next),
    ),
    ...(value['tell within'] !== undefined && { tellWithin: value['tell within'] }),
    keep: value.keep,
    cite: compiler.cite(value.cite, from, ['outcomes', id, 'cite']),
  };
}

function compileNextStep(compiler: Compiler, from: Located<RawDesk>, place: string[], next: string): DeskStep[] {
  compiler.name('next', next, from, ['outcomes', ...place]);
  const item = findIn(compiler.scope, 'next', next);
  if (item === undefined) return [];
  const { with: contact, ...step } = compileNext(compiler, item);
  return [{ ...step, ...(contact !== undefined && { with: describeContact(compiler, contact) }) }];
}

function compileStep(
  compiler: Compiler,
  from: Located<RawDesk>,
  id: string,
  raw: NonNullable<RawDesk['dispute']>['steps'][string],
): DeskStep {
  const path = ['dispute', 'steps', id];
  const contact = raw.with === undefined ? undefined : compiler.name('contacts', raw.with, from, [...path, 'with']);
  return {
    id,
    do: raw.do,
    who: raw.who,
    ...(raw.within !== undefined && { within: raw.within }),
    ...(contact !== undefined && { with: describeContact(compiler, contact) }),
    cite: compiler.cite(raw.cite, from, [...path, 'cite']),
  };
}

function describeContact(compiler: Compiler, id: string): string {
  const item = findIn(compiler.scope, 'contacts', id);
  if (item === undefined) return id;
  const { name, phones, email } = compileContact(compiler, item);
  return [name, ...phones.map((phone) => phone.number), ...(email === undefined ? [] : [email])].join(', ');
}
