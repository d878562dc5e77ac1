/** Finds steps that are never reached, conditions that decide nothing, and jumps that are never made. */
import { NEVER } from './diagram.ts';
import type { Fault } from './fault.ts';
import type { Interview } from './interview.ts';
import type { Visit } from './visit.ts';

export function findUnreached(interview: Interview): Fault[] {
  // A step of a flow that is called twice has two visits. It is unused only if both are.
  const met = new Map<string, [Visit, ...Visit[]]>();
  for (const visit of interview.visits) {
    const key = `${visit.part} ${visit.step.id}`;
    const others = met.get(key);
    if (others === undefined) met.set(key, [visit]);
    else others.push(visit);
  }
  return [...met.values()].flatMap((visits) => faultOf(interview, visits) ?? []);
}

function faultOf(interview: Interview, met: [Visit, ...Visit[]]): Fault | undefined {
  const [{ part, step }] = met;
  const fault = (kind: Fault['kind'], message: string): Fault => ({ part, step: step.id, message, kind });
  if (met.every((visit) => visit.taken === NEVER)) return fault('error', whyNever(interview, met));
  const reached = met.filter((visit) => visit.here !== NEVER);
  const always = reached.every(({ here, meets }) => interview.diagrams.implies(here, meets));
  if (step.when !== undefined && reached.length > 0 && always)
    return fault('warning', `"when" of "${step.id}" holds for everybody who comes to it. Take it out, or mend it.`);
  if (step.kind === 'ask' && step.leadsTo !== undefined && met.every((visit) => visit.jumps === NEVER))
    return fault('error', `no "I don't know" to "${step.id}" leads to "${step.leadsTo}".`);
  return undefined;
}

function whyNever(interview: Interview, met: [Visit, ...Visit[]]): string {
  const never = `step "${met[0].step.id}" can never be reached`;
  const names = [...new Set(met.flatMap((visit) => leaversBefore(interview, visit)))].map((id) => `"${id}"`);
  if (names.length === 0) return `${never}: its "when" never holds.`;
  return `${never}: ${names.join(' or ')} always ${names.length === 1 ? 'ends' : 'end'} before it.`;
}

/**
 * If nobody arrives: the last step that ended interviews. If only the wrong ones arrive: the last three steps that ended the right ones.
 */
function leaversBefore({ diagrams }: Interview, { above, here, meets }: Visit): string[] {
  const wanted = here === NEVER ? (above[0]?.here ?? NEVER) : meets;
  const leavers = above.filter(({ taken, on, jumps }) => {
    const leaving = diagrams.butNot(taken, diagrams.or(on, jumps));
    return diagrams.and(leaving, wanted) !== NEVER;
  });
  return leavers.map(({ step }) => step.id).slice(here === NEVER ? -1 : -3);
}
