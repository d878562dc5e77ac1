/** Checks each flow as a ladder: it only goes down, every step leads somewhere, and nobody falls off the end. */
import type { Content, FlowContent } from '../language/content.ts';
import { type Path, problemIn } from '../language/read.ts';
import { findIn, type Scope } from '../language/scope.ts';
import type { Problem } from '../problem.ts';
import { checkJumps } from './jumps.ts';

const DEEPEST_CALL = 3;
const MOST_STEPS = 25;

export function checkLadders(scope: Scope): Problem[] {
  const doors = Object.keys(scope.own.area?.value.doors ?? {});
  const problems: Problem[] = [];
  for (const flow of scope.own.flows.values()) {
    problems.push(
      ...checkStepIds(flow),
      ...checkJumps(scope, flow),
      ...checkLastStep(flow, doors.includes(flow.id)),
      ...checkReach(flow),
    );
    if (flow.steps.length > MOST_STEPS)
      problems.push(
        problemIn(
          flow.document,
          ['steps'],
          `${flow.steps.length} steps; more than ${MOST_STEPS} are hard to read. Make a called flow of some.`,
          'warning',
        ),
      );
  }
  return [...problems, ...checkCalls(scope), ...checkUsed(scope.own, doors)];
}

function at(flow: FlowContent, index: number, path: Path = []): Path {
  return [...(flow.steps[index]?.path ?? []), ...path];
}

function checkStepIds(flow: FlowContent): Problem[] {
  const seen = new Set<string>();
  return flow.steps.flatMap((step) => {
    const repeated = seen.has(step.id);
    seen.add(step.id);
    if (!repeated) return [];
    return [
      problemIn(
        step.document,
        step.path,
        `the id "${step.id}" stands twice in this flow. Step ids are unique; give one another name.`,
      ),
    ];
  });
}

function checkLastStep(flow: FlowContent, isDoor: boolean): Problem[] {
  const last = flow.steps.at(-1);
  if (last === undefined || !isDoor) return [];
  const place: Path = at(flow, flow.steps.length - 1);
  if (last.kind !== 'end')
    return [
      problemIn(
        flow.document,
        place,
        'the last step of a flow that readers open is an "end". Add one, so that nobody falls off the page.',
      ),
    ];
  if (last.value.law !== undefined)
    return [
      problemIn(
        flow.document,
        [...place, 'law'],
        'the last step is left out while its law is not in force. Add a last step without "law".',
      ),
    ];
  if (last.value.when === undefined) return [];
  return [
    problemIn(
      flow.document,
      [...place, 'when'],
      'the last step has a condition. What happens when it does not hold? Add a last step without "when".',
    ),
  ];
}

/** A step below one that always leaves the flow can be reached only by a jump. Whatever depends on answers is left to the proof. */
function checkReach(flow: FlowContent): Problem[] {
  const jumps = new Set(flow.steps.map((step) => (step.kind === 'ask' ? step.value.unknown?.['leads to'] : undefined)));
  let leaver: FlowContent['steps'][number] | undefined;
  const problems: Problem[] = [];
  for (const step of flow.steps) {
    if (leaver !== undefined && jumps.has(step.id)) leaver = undefined;
    if (leaver !== undefined) {
      const line = leaver.document.places.get(leaver.path.join(' '))?.line;
      problems.push(
        problemIn(
          step.document,
          step.path,
          `step "${step.id}" can never be reached: "${leaver.id}" (line ${line}) always ends before it.`,
        ),
      );
    } else if (
      step.value.when === undefined &&
      (step.kind === 'end' || (step.kind === 'advise' && step.value.then === 'return'))
    )
      leaver = step;
  }
  return problems;
}

/** Where calls go in a circle, they are also too deep: only the circle is reported. */
function checkCalls(scope: Scope): Problem[] {
  const found = [...scope.own.flows.values()].flatMap((flow) => followCalls(scope, flow, [flow.id]));
  const circles = found.filter(({ circle }) => circle);
  return (circles.length > 0 ? circles : found).map(({ problem }) => problem);
}

interface BadCall {
  circle: boolean;
  problem: Problem;
}

function followCalls(scope: Scope, flow: FlowContent, trail: string[]): BadCall[] {
  return flow.steps.flatMap((step): BadCall[] => {
    if (step.kind !== 'call') return [];
    const calls = [...trail, step.id];
    // Reported for every flow that runs into the circle, which may close in a flow of another folder.
    if (trail.includes(step.id)) {
      const circle = calls.slice(calls.indexOf(step.id));
      const message = `the calls go in a circle: ${circle.join(' → ')}. Take one of the calls out.`;
      return [{ circle: true, problem: problemIn(step.document, step.path, message) }];
    }
    if (trail.length > DEEPEST_CALL)
      return [{ circle: false, problem: problemIn(step.document, step.path, describeTooDeep(calls)) }];
    const called = findIn(scope, 'flows', step.id);
    return called === undefined ? [] : followCalls(scope, called, calls);
  });
}

function describeTooDeep(calls: string[]): string {
  return `calls stand more than ${DEEPEST_CALL} deep: ${calls.join(' → ')}. Call it from further up.`;
}

function checkUsed(content: Content, doors: string[]): Problem[] {
  if (content.folder === 'national') return [];
  const called = new Set(
    [...content.flows.values()].flatMap((flow) =>
      flow.steps.filter((step) => step.kind === 'call').map((step) => step.id),
    ),
  );
  return [...content.flows.values()]
    .filter((flow) => !doors.includes(flow.id) && !called.has(flow.id))
    .map((flow) =>
      problemIn(flow.document, ['flow'], {
        missing: `no door and no call leads to "${flow.id}". Name it under "doors" in area.yaml, or call it.`,
      }),
    );
}
