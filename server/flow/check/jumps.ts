/** Checks the jumps for "I don't know": each leads down, to an existing step, and to one place only. */
import type { FlowContent } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import { findIn, type Scope } from '../language/scope.ts';
import type { Problem } from '../problem.ts';

type AskStep = Extract<FlowContent['steps'][number], { kind: 'ask' }>;

export function checkJumps(scope: Scope, flow: FlowContent): Problem[] {
  return flow.steps.flatMap((step, index) => {
    if (step.kind !== 'ask') return [];
    const message = describeBadJump(scope, flow, step, index);
    return message === undefined ? [] : [problemIn(step.document, [...step.path, 'unknown', 'leads to'], message)];
  });
}

function describeBadJump(scope: Scope, flow: FlowContent, step: AskStep, index: number): string | undefined {
  const target = step.value.unknown?.['leads to'];
  const general = findIn(scope, 'questions', step.id)?.value.unknown;
  if (target === undefined) {
    // The jump was written for another ladder. Here it would have no target, and the interview would silently go on.
    if (general?.['leads to'] === undefined) return undefined;
    return `where "${step.id}" is written, "I don’t know" leads to "${general['leads to']}". Say here where it leads: add "unknown: { leads to: … }".`;
  }
  if (step.value.question === undefined && general?.['counts as'] !== undefined)
    return `"I don’t know" leads to one place. Where "${step.id}" is written, it counts as "${general['counts as']}". Take out one of the two.`;
  const below = flow.steps.slice(index + 1);
  const found = below.find((later) => later.id === target);
  if (found === undefined)
    return `"I don’t know" leads to "${target}", which is not a step further down in this flow. Further down are: ${below.map(({ id }) => id).join(', ') || 'none'}.`;
  if (found.value.law !== undefined)
    return `"I don’t know" leads to "${target}", which is left out while its law is not in force. Let it lead to a step that always stands.`;
  return undefined;
}
