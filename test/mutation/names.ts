/** Replacements for names: the options of a question, and the contacts, levels and next steps of an area. */

import { optionIds } from '../../server/flow/language/question-facts.ts';
import { findIn, knownIn, type Scope } from '../../server/flow/language/scope.ts';

export class Names {
  readonly levels: number;
  private readonly scope: Scope;

  constructor(scope: Scope) {
    this.scope = scope;
    // The national content has no scale: its flows may run on any, so their levels are changed as if on the longest.
    this.levels = Object.keys(scope.own.area?.value.scale ?? {}).length || 5;
  }

  options(question: string): string[] | undefined {
    const found = findIn(this.scope, 'questions', question);
    return found === undefined ? undefined : optionIds(found.value);
  }

  isQuestion(id: string): boolean {
    return findIn(this.scope, 'questions', id) !== undefined;
  }

  /** The next contact in the list, so that every run makes the same swap. */
  otherContact(id: string): string {
    return nextOf(knownIn(this.scope, 'contacts'), id);
  }

  otherFlow(id: string): string | undefined {
    const called = [...this.scope.own.flows.values()].flatMap(({ steps }) =>
      steps.filter(({ kind }) => kind === 'call').map((step) => step.id),
    );
    const others = [...new Set(called)].filter((flow) => flow !== id);
    return others.length === 0 ? undefined : nextOf([...others, id].sort(), id);
  }
}

function nextOf(ids: readonly string[], id: string): string {
  return ids[(ids.indexOf(id) + 1) % ids.length] ?? id;
}
