import type { Option, Question, Unknown } from '../flow.ts';
import { didYouMean } from '../problem.ts';
import { rulesOf } from '../question-types/question-types.ts';
import type { Compiler } from './compile.ts';
import { compileMeans } from './compile-means.ts';
import type { Located, RawQuestion } from './content.ts';
import { optionIds } from './question-facts.ts';
import type { Path } from './read.ts';
import type { RawMarks } from './schema.ts';

type RawOption = NonNullable<RawQuestion['options']>[string];
type Each = NonNullable<RawQuestion['each']>;

export const DONT_KNOW = 'I don’t know';

function groupsOf({ groups = {} }: RawQuestion): Question['groups'] {
  return Object.entries(groups).map(([id, { title, help }]) => ({ id, title, ...(help !== undefined && { help }) }));
}

function compileExceptions(compiler: Compiler, located: Located<RawQuestion>): Question['exceptions'] {
  return (located.value['order exceptions'] ?? []).map((exception, index) => ({
    ...exception,
    cite: compiler.cite(exception.cite, located, ['order exceptions', index, 'cite']),
  }));
}

export function compileQuestion(compiler: Compiler, located: Located<RawQuestion>): Question {
  const raw = located.value;
  const means = compileMeans(compiler, located);
  return {
    id: located.id,
    text: raw.question,
    why: raw.why,
    type: raw.type,
    ...(raw.help !== undefined && { help: raw.help }),
    define: compiler.nameAll('definitions', raw.define ?? [], located, ['define']),
    cite: compiler.cite(raw.cite, located, ['cite']),
    unknown: compileUnknown(compiler, located),
    options: compileOptions(compiler, located),
    groups: groupsOf(raw),
    ...(raw.none !== undefined && { none: raw.none }),
    ...(raw.from !== undefined && { from: raw.from }),
    ...(raw.to !== undefined && { to: raw.to }),
    ...(raw.unit !== undefined && { unit: raw.unit }),
    ...(raw['not before'] !== undefined && { notBefore: raw['not before'] }),
    ...(raw['not after'] !== undefined && { notAfter: raw['not after'] }),
    rising: raw.order === 'rising',
    exceptions: compileExceptions(compiler, located),
    ...compileWeakerThanDoubt(compiler, located),
    forRecord: raw['for the record'] === 'yes',
    ...(raw.usual !== undefined && { usual: raw.usual }),
    ...(means.length > 0 && { means }),
  };
}

function compileWeakerThanDoubt(compiler: Compiler, located: Located<RawQuestion>): Pick<Question, 'weakerThanDoubt'> {
  const written = located.value['weaker than doubt because'];
  if (written === undefined) return {};
  const ids = optionIds(located.value);
  const weakerThanDoubt = written.map((one, index) => {
    const path = ['weaker than doubt because', index];
    if (!ids.includes(one.option))
      compiler.report(located, path, `there is no option "${one.option}".${didYouMean(one.option, ids)}`);
    return { ...one, cite: compiler.cite(one.cite, located, [...path, 'cite']) };
  });
  return { weakerThanDoubt };
}

function compileUnknown(compiler: Compiler, located: Located<RawQuestion>): Unknown {
  const raw = located.value.unknown;
  return {
    label: raw.label ?? DONT_KNOW,
    ...(raw['counts as'] !== undefined && { countsAs: raw['counts as'] }),
    ...(raw.ask !== undefined && { ask: compiler.name('contacts', raw.ask, located, ['unknown', 'ask']) }),
    ...(raw['go on'] !== undefined && { goOn: raw['go on'] }),
    ...(raw.text !== undefined && { text: raw.text }),
    ...(raw['who knows'] !== undefined && { whoKnows: raw['who knows'] }),
    ...compiler.marks(raw, located, ['unknown']),
  };
}

function compileOptions(compiler: Compiler, located: Located<RawQuestion>): Option[] {
  const { options = {}, groups = {}, each = {} } = located.value;
  const { fixedOptions } = rulesOf(located.value);
  if (fixedOptions !== undefined)
    return Object.entries(fixedOptions).map(([id, text]) =>
      compileOption(compiler, located, ['options', id], { id, raw: options[id] ?? text, each }),
    );
  const plain = Object.entries(options).map(([id, raw]) =>
    compileOption(compiler, located, ['options', id], { id, raw, each }),
  );
  const grouped = Object.entries(groups).flatMap(([group, { options, each: groupEach = {} }]) =>
    Object.entries(options).map(([id, raw]) => ({
      ...compileOption(compiler, located, ['groups', group, 'options', id], {
        id,
        raw,
        each: { ...each, ...groupEach },
      }),
      group,
    })),
  );
  return [...plain, ...grouped];
}

/** `each`: what the question or the group sets for every option that does not set it itself. */
function compileOption(
  compiler: Compiler,
  located: Located<RawQuestion>,
  path: Path,
  { id, raw, each }: { id: string; raw: RawOption; each: Each },
): Option {
  const body = typeof raw === 'string' ? { text: raw } : raw;
  const cite = body.cite ?? each.cite ?? [];
  const marks: RawMarks = { ...withoutCite(each), ...withoutText(body) };
  return {
    id,
    text: body.text,
    ...(body.help !== undefined && { help: body.help }),
    cite: compiler.cite(cite, located, [...path, 'cite']),
    ...compiler.marks(marks, located, path),
  };
}

function withoutCite({ cite: _cite, ...marks }: Each): RawMarks {
  return marks;
}

function withoutText({
  text: _text,
  help: _help,
  cite: _cite,
  rules: _rules,
  means: _means,
  'means nothing of its own': _nothing,
  ...marks
}: Exclude<RawOption, string>): RawMarks {
  return marks;
}
