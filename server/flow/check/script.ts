/**
 * Compiles what to say to the child and to a parent. Reports lines that refer to a document or an answer that does not
 * exist.
 */
import type { Flow } from '../flow.ts';
import { Compiler } from '../language/compile.ts';
import type { Located } from '../language/content.ts';
import type { RawScriptLine } from '../language/schema-script.ts';
import type { Scope } from '../language/scope.ts';
import type { Problem } from '../problem.ts';
import type { Script, ScriptLine } from '../script.ts';
import { describeNeverMeant, neverMeant } from './never-meant.ts';

/** Undefined if the content has no script. `flows`: the flows that readers of the area can open. */
export function compileScript(
  scope: Scope,
  today: string,
  flows: ReadonlyMap<string, Flow>,
): { script?: Script; problems: Problem[] } {
  const compiler = new Compiler(scope, today);
  const own = [...scope.own.script.values()];
  const located = [...(scope.national?.script.values() ?? []), ...own];
  if (located.length === 0) return { problems: [] };
  for (const line of own)
    if (scope.national?.script.has(line.id))
      compiler.report(line, [], `"${line.id}" stands here and in the national script. Give one of them another id.`);
  const professional = [...flows.values()].filter(({ reader }) => reader === 'professional');
  const lines = located.map((item) => {
    const line = compileLine(compiler, item);
    // The answers that a national line depends on may exist in some areas only.
    if (line.onlyWith !== undefined && scope.national !== undefined && own.includes(item))
      for (const meaning of neverMeant(line.onlyWith, professional))
        compiler.report(item, ['only with'], describeNeverMeant(meaning));
    return line;
  });
  return { script: { lines, sources: compiler.citedSources() }, problems: compiler.problems };
}

function compileLine(compiler: Compiler, item: Located<RawScriptLine>): ScriptLine {
  const { to, say, do: how, 'only with': raw, cite } = item.value;
  return {
    id: item.id,
    to,
    kind: say === undefined ? 'do' : 'say',
    text: say ?? how ?? '',
    ...(raw !== undefined && { onlyWith: compiler.condition(raw, item, ['only with']) }),
    cite: compiler.cite(cite, item, ['cite']),
  };
}
