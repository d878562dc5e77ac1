/**
 * Compiles the hand-over sheet of an area. Reports fields that nothing fills, and fields that can never be on it.
 */
import type { Flow } from '../flow.ts';
import {
  type Filling,
  HANDOVER_SHEET_PARTS,
  type HandoverSheet,
  type HandoverSheetField,
  RECORDED_FOR_HANDOVER_SHEET,
  type RecordedForHandoverSheet,
  TOPICS_OF_CALL,
  type TopicOfCall,
} from '../handover-sheet.ts';
import { Compiler } from '../language/compile.ts';
import type { Located } from '../language/content.ts';
import type { RawHandoverSheetField } from '../language/schema-handover-sheet.ts';
import { describeMissing, findIn, type Scope } from '../language/scope.ts';
import { didYouMean, type Message, type Problem } from '../problem.ts';
import { describeNeverMeant, neverMeant } from './never-meant.ts';

type Field = Located<RawHandoverSheetField>;

/** Undefined if the content has no hand-over sheet. `flows`: the flows that readers of the area can open. */
export function compileHandoverSheet(
  scope: Scope,
  today: string,
  flows: ReadonlyMap<string, Flow>,
): { handoverSheet?: HandoverSheet; problems: Problem[] } {
  const compiler = new Compiler(scope, today);
  const professional = [...flows.values()].filter(({ reader }) => reader === 'professional');
  const located = [...(scope.national?.handoverSheet.values() ?? []), ...scope.own.handoverSheet.values()];
  if (located.length === 0) return { problems: [] };
  for (const own of scope.own.handoverSheet.values())
    if (scope.national?.handoverSheet.has(own.id))
      compiler.report(
        own,
        [],
        `"${own.id}" stands here and in the national hand-over sheet. Give one of them another id.`,
      );
  const fields = located.map((item) => compileField({ scope, compiler, flows: professional }, item));
  const inOrder = HANDOVER_SHEET_PARTS.flatMap((part) => fields.filter((field) => field.part === part));
  return { handoverSheet: { fields: inOrder, sources: compiler.citedSources() }, problems: compiler.problems };
}

function compileField(context: Context, item: Field): HandoverSheetField {
  const { scope, compiler, flows } = context;
  const { label, hint, part, type, 'filled by': filledBy = [], 'asked by': askedBy = [] } = item.value;
  if (filledBy.length === 0 && askedBy.length === 0) compiler.report(item, [], describeUnfilled(item.id));
  const fillings = filledBy.flatMap((words) => readFilling(context, item, words));
  const raw = item.value['only with'];
  const onlyWith = raw === undefined ? undefined : compiler.condition(raw, item, ['only with']);
  for (const meaning of onlyWith === undefined || !isOwn(scope, item) ? [] : neverMeant(onlyWith, flows))
    compiler.report(item, ['only with'], describeNeverMeant(meaning));
  return {
    id: item.id,
    label,
    ...(hint !== undefined && { hint }),
    part,
    type,
    filledBy: fillings,
    ...(onlyWith !== undefined && { onlyWith }),
    cite: compiler.cite(askedBy, item, ['asked by']),
  };
}

function describeUnfilled(id: string): string {
  return (
    `nothing fills "${id}": no answer of the questions, no form of the record, and no referral form asks for it. Add "filled by:" ` +
    '(answer …, topic …, record …), or "asked by:" with the form or document that asks for it; or take the field out.'
  );
}

const KINDS = ['answer', 'topic', 'record'] as const;

interface Context {
  scope: Scope;
  compiler: Compiler;
  /** The flows that professionals of the area can open. */
  flows: readonly Flow[];
}

function readFilling({ scope, compiler, flows }: Context, item: Field, words: string): Filling[] {
  const report = (message: Message): Filling[] => {
    compiler.report(item, ['filled by'], message);
    return [];
  };
  const [kind = '', ...rest] = words.split(' ');
  const named = rest.join(' ');
  switch (kind) {
    case 'answer':
      if (findIn(scope, 'questions', named) === undefined) return report(describeMissing(scope, 'questions', named));
      // A field of the national hand-over sheet may be filled in some areas only.
      if (isOwn(scope, item) && !flows.some(({ questions }) => Object.hasOwn(questions, named)))
        return report(
          `no professional is asked "${named}" here, so nothing fills "${item.id}". Name another question.`,
        );
      return [{ from: 'answer', question: named }];
    case 'topic':
      if (!isOneOf(TOPICS_OF_CALL, named)) return report(describeUnknown('topic', named, TOPICS_OF_CALL));
      return [{ from: 'topic', topic: named as TopicOfCall }];
    case 'record':
      if (!isOneOf(RECORDED_FOR_HANDOVER_SHEET, named))
        return report(describeUnknown('record', named, RECORDED_FOR_HANDOVER_SHEET));
      return [{ from: 'record', recorded: named as RecordedForHandoverSheet }];
    default:
      return report(`"${words}" fills nothing.${didYouMean(kind, KINDS)} Begin with one of: ${KINDS.join(', ')}.`);
  }
}

/** Whether it is the area's own, and not national. */
function isOwn({ own, national }: Scope, { id }: Field): boolean {
  return national !== undefined && own.handoverSheet.has(id);
}

function isOneOf(known: readonly string[], named: string): boolean {
  return known.includes(named);
}

function describeUnknown(kind: string, named: string, known: readonly string[]): Message {
  return { missing: `there is no ${kind} "${named}".${didYouMean(named, known)} Known are: ${known.join(', ')}.` };
}
