/** Checks that every cited rule, such as BT5, exists. */
import type { Content } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import type { Scope } from '../language/scope.ts';
import { didYouMean, type Problem } from '../problem.ts';
import { citingOf } from './requirement-coverage.ts';

/** Content without a list of requirements is not checked. */
export function checkRequirements({ own, national }: Scope): Problem[] {
  const known = requirementsOf(own, national);
  if (known.length === 0) return [];
  return citingOf(own).flatMap((citing) =>
    citing.rules
      .filter((rule) => !known.includes(rule))
      .map((rule) => {
        const missing = `no rule is called "${rule}".${didYouMean(rule, known)} The rules stand in national/requirements.yaml.`;
        return problemIn(citing.document, [...citing.path, 'rules'], { missing });
      }),
  );
}

function requirementsOf(own: Content, national: Content | undefined): string[] {
  return [...own.requirements.keys(), ...(national?.requirements.keys() ?? [])];
}
