/**
 * Compiles which questions of the flows, and which parts of every record, contain the same fact as a field of the desk.
 */
import type { Desk, DeskField } from '../desk.ts';
import type { Compiler } from '../language/compile.ts';
import type { Located } from '../language/content.ts';
import { optionIds } from '../language/question-facts.ts';
import type { RawDesk } from '../language/schema-desk.ts';
import { describeMissing, findIn, type Scope } from '../language/scope.ts';
import { didYouMean, type Message } from '../problem.ts';

interface RawField {
  id: string;
  value: NonNullable<RawDesk['fields']>[string];
  from: Located<RawDesk>;
  options: DeskField['options'];
}
type Report = (path: string[], message: Message) => void;

/** Questions that ask the same: those of the field itself and, for a national field, those that the area adds. */
export function compileKnown(
  scope: Scope,
  compiler: Compiler,
  { id, value, from, options }: RawField,
): Pick<DeskField, 'answeredBy' | 'answerMeans'> {
  const own = scope.own.desk;
  const added = from === own ? undefined : own?.value['also answered by']?.[id];
  const said = { questions: value['answered by'] ?? [], means: value['answer means'] ?? {} };
  const more = { questions: added?.questions ?? [], means: added?.['answer means'] ?? {} };
  for (const [{ questions, means }, document, path] of [
    [said, from, ['fields', id]],
    [more, own ?? from, ['also answered by', id]],
  ] as const) {
    const asks = path[0] === 'fields' ? 'answered by' : 'questions';
    const report = (place: string[], message: Message) => compiler.report(document, [...path, ...place], message);
    checkQuestions(scope, questions, (message) => report([asks], message));
    const isFromRecord = value['same as'] !== undefined && document === from;
    checkMeans({ scope, questions, means, options, isFromRecord }, report);
  }
  return {
    answeredBy: [...said.questions, ...more.questions],
    answerMeans: { ...said.means, ...more.means },
  };
}

function checkQuestions(scope: Scope, questions: readonly string[], report: (message: Message) => void): void {
  for (const question of questions)
    if (findIn(scope, 'questions', question) === undefined) report(describeMissing(scope, 'questions', question));
}

interface Means {
  scope: Scope;
  questions: readonly string[];
  means: Record<string, string>;
  options: DeskField['options'];
  /** Its answers can also come from a part of the record. */
  isFromRecord: boolean;
}

function checkMeans({ scope, questions, means, options, isFromRecord }: Means, report: Report): void {
  const ids = options.map((option) => option.id);
  const asked = questions.flatMap((question) => findIn(scope, 'questions', question) ?? []);
  const hasNumber = asked.some(({ value }) => value.type === 'number');
  const answers = asked.flatMap(({ value }) => optionIds(value));
  for (const [answer, option] of Object.entries(means)) {
    if (!ids.includes(option))
      report(['answer means', answer], `there is no option "${option}".${didYouMean(option, ids)}`);
    const isAnswer = answers.includes(answer) || (hasNumber && /^\d+$/.test(answer)) || isFromRecord;
    if (!isAnswer)
      report(['answer means', answer], {
        missing: `no question of it has the answer "${answer}".${didYouMean(answer, answers)}`,
      });
  }
}

/** An addition to a field that the national content does not have would never be read. */
export function checkAdditions(scope: Scope, compiler: Compiler, own: Located<RawDesk>): void {
  const known = Object.keys(scope.national?.desk?.value.fields ?? {});
  for (const id of Object.keys(own.value['also answered by'] ?? {}))
    if (scope.national !== undefined && !known.includes(id))
      compiler.report(own, ['also answered by', id], {
        missing: `national/desk.yaml has no field "${id}".${didYouMean(id, known)} For a field of the area say "answered by" there.`,
      });
}

/** The national ones, and those that the area adds. */
export function compileRecordAnswers(scope: Scope, compiler: Compiler): Desk['recordAnsweredBy'] {
  const found: Desk['recordAnsweredBy'] = {};
  for (const from of [scope.own.desk, scope.national?.desk])
    for (const [part, questions] of Object.entries(from?.value['record answered by'] ?? {})) {
      if (from === undefined) continue;
      checkQuestions(scope, questions, (message) => compiler.report(from, ['record answered by', part], message));
      const name = part as keyof Desk['recordAnsweredBy'];
      found[name] = [...(found[name] ?? []), ...questions];
    }
  return found;
}
