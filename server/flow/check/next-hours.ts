/** Compiles the question about the next hours. Only the national content has one. */

import { Compiler } from '../language/compile.ts';
import type { Located } from '../language/content.ts';
import type { RawNextHours } from '../language/schema-next-hours.ts';
import type { Scope } from '../language/scope.ts';
import { NATIONAL } from '../national.ts';
import type { NextHours } from '../next-hours.ts';
import type { Problem } from '../problem.ts';

export function compileNextHours(scope: Scope, today: string): { nextHours?: NextHours; problems: Problem[] } {
  const { own, national = own } = scope;
  const compiler = new Compiler(scope, today);
  if (own.nextHours !== undefined && own.folder !== NATIONAL)
    compiler.report(
      own.nextHours,
      [],
      'the question about the next hours is the same everywhere. Move it to national/next_hours.yaml.',
    );
  const located = national.nextHours;
  if (located === undefined) return { problems: compiler.problems };
  const { question, why, cite, options, 'not asked when': notAsked } = located.value;
  compiler.cite(cite, located, ['cite']);
  const notAskedWhen = notAsked && compiler.condition(notAsked, located, ['not asked when']);
  const nextHours = {
    question,
    why,
    ...(notAskedWhen !== undefined && { notAskedWhen }),
    options: Object.keys(options).map((id) => compileOption(compiler, located, id)),
    sources: compiler.citedSources(),
  };
  return { nextHours, problems: compiler.problems };
}

function compileOption(compiler: Compiler, located: Located<RawNextHours>, id: string): NextHours['options'][number] {
  const option = located.value.options[id];
  if (option === undefined) throw new Error(`there is no option ${id}`);
  return {
    id,
    text: option.text,
    ...(option['known when'] !== undefined && {
      knownWhen: compiler.condition(option['known when'], located, ['options', id, 'known when']),
    }),
    untilThen: option['until then'].map((line, index) => {
      const path = ['options', id, 'until then', index];
      const raw = line['only with'];
      return {
        do: line.do,
        ...(raw !== undefined && { onlyWith: compiler.condition(raw, located, [...path, 'only with']) }),
        cite: compiler.cite(line.cite, located, [...path, 'cite']),
      };
    }),
  };
}
