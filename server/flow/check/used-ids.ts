/**
 * Ids that consultations may contain. An author who renames or removes a question or an option has to say what happens
 * to answers that were given to it. `used.yaml` contains every id that was ever in the content; `npm run prove --
 * --write` adds to it and never removes any.
 */
import type { Content, Located, RawQuestion } from '../language/content.ts';
import { optionIds } from '../language/question-facts.ts';
import { problemIn } from '../language/read.ts';
import type { RetiredId } from '../language/schema.ts';
import { NATIONAL } from '../national.ts';
import { didYouMean, type Problem } from '../problem.ts';

/** Question id → the ids of its options, or its type if it has none. */
type Used = Record<string, string[] | string>;

/** The ids of one folder, then of the national content, then of all content: a question may move between them. */
class Ids {
  private readonly order: Content[];

  constructor(contents: ReadonlyMap<string, Content>, own: Content) {
    const national = contents.get(NATIONAL);
    this.order = [own, ...(national === undefined ? [] : [national]), ...contents.values()];
  }

  question(id: string): Located<RawQuestion> | undefined {
    return this.first(({ questions }) => questions.get(id));
  }

  retired(id: string): RetiredId | undefined {
    return this.first(({ retired }) => retired.get(id))?.value;
  }

  retiredOption(question: string, option: string): RetiredId | undefined {
    return this.first(({ retiredOptions }) => retiredOptions.get(question)?.value[option]);
  }

  private first<T>(find: (content: Content) => T | undefined): T | undefined {
    for (const content of this.order) {
      const found = find(content);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

export function checkUsed(contents: ReadonlyMap<string, Content>): Problem[] {
  return [...contents.values()].flatMap((content) => {
    const ids = new Ids(contents, content);
    return [
      ...[...content.used.values()].flatMap((used) => checkUsedQuestion(ids, used)),
      ...checkRenamedQuestions(ids, content),
      ...checkRenamedOptions(ids, content),
    ];
  });
}

function describeGone(id: string): string {
  return `"${id}" was asked, consultations can hold an answer to it, and it is gone. Say in retired.yaml what becomes of the answer: "renamed to: …", or "why" it counts no more.`;
}

function describeOtherKind(id: string, was: readonly string[]): string {
  return `"${id}" was of another kind (${was.join(', ')}): answers that consultations hold do not fit it. Give the question a new id, and retire "${id}".`;
}

function checkUsedQuestion(
  ids: Ids,
  { id, value, document, path }: Content['used'] extends Map<string, infer T> ? T : never,
): Problem[] {
  const at = (message: string) => problemIn(document, path, message);
  const question = ids.question(id);
  if (question === undefined) return ids.retired(id) === undefined ? [at(describeGone(id))] : [];
  const now = describeUsed(question.value);
  if (typeof value === 'string' || typeof now === 'string')
    return value === now ? [] : [at(describeOtherKind(id, [value].flat()))];
  return value
    .filter((option) => !now.includes(option) && ids.retiredOption(id, option) === undefined)
    .map((option) =>
      at(
        `the option "${option}" of "${id}" was offered, consultations can hold it, and it is gone. Say in retired.yaml, under "retired options", what becomes of it: "renamed to: …", or "why" the question is asked again.`,
      ),
    );
}

function checkRenamedQuestions(ids: Ids, content: Content): Problem[] {
  return [...content.retired.values()].flatMap(({ value, document, path }) => {
    const to = value['renamed to'];
    if (to === undefined || ids.question(to) !== undefined || ids.retired(to) !== undefined) return [];
    return [problemIn(document, [...path, 'renamed to'], `no question is called "${to}", and none ever was.`)];
  });
}

function checkRenamedOptions(ids: Ids, content: Content): Problem[] {
  return [...content.retiredOptions.values()].flatMap(({ id, value, document, path }) => {
    const question = ids.question(id);
    if (question === undefined && ids.retired(id) === undefined)
      return [problemIn(document, path, `no question is called "${id}", and none ever was.`)];
    const offered = question === undefined ? [] : optionIds(question.value);
    return Object.entries(value).flatMap(([option, { 'renamed to': to }]) => {
      if (offered.includes(option))
        return [
          problemIn(document, [...path, option], `"${option}" is an option of "${id}". Take it out of one of the two.`),
        ];
      if (to === undefined || question === undefined || offered.includes(to) || value[to] !== undefined) return [];
      const message = `"${id}" has no option "${to}".${didYouMean(to, offered)}`;
      return [problemIn(document, [...path, option, 'renamed to'], message)];
    });
  });
}

function describeUsed(question: RawQuestion): string[] | string {
  const ids = optionIds(question);
  return ids.length === 0 ? question.type : ids;
}

/** The text of `used.yaml`: what it contained before, and what the content has now. */
export function writeUsed(content: Content): string {
  const used: Used = Object.fromEntries([...content.used.values()].map(({ id, value }) => [id, value]));
  for (const { id, value } of content.questions.values()) {
    const [kept, now] = [used[id], describeUsed(value)];
    used[id] = Array.isArray(kept) && Array.isArray(now) ? [...new Set([...kept, ...now])] : (kept ?? now);
  }
  const lines = Object.entries(used)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, value]) => `  ${id}: ${typeof value === 'string' ? value : `[${value.join(', ')}]`}`);
  return [
    '# Computed by "npm run prove -- --write": each question that consultations can hold an answer to, with its options.',
    '# What has once been in force is not taken out. What is gone from the flows is explained in retired.yaml.',
    'used:',
    ...lines,
    '',
  ].join('\n');
}
