/** Whether two versions of a flow have the same outcome in every interview. */
import type { Flow } from '../../server/flow/flow.ts';
import type { Formula } from '../../server/flow/prove/diagram.ts';
import { type Interview, runInterview } from '../../server/flow/prove/interview.ts';
import { MARK_TOPICS } from '../../server/flow/prove/known.ts';
import { fingerprintOf } from '../../server/flow/prove/paths.ts';

const TALLIES = ['end', 'within', 'first contact', 'next', 'record', 'contact', 'advice', 'asked'] as const;

const known = new WeakMap<Flow, string>();

/**
 * For each single thing that can come out, the answers under which it does, whatever order they are listed in: an
 * outcome consists of nothing else. In addition the times and contacts of next steps, which do not depend on answers.
 */
export function tableOf(flow: Flow): string {
  const cached = known.get(flow);
  if (cached !== undefined) return cached;
  const interview = runInterview(flow, []);
  const times = Object.values(flow.next).map(({ id, within, with: contact }) => `${id} ${within} ${contact}`);
  const table = [...linesOf(interview), ...times].sort().join('\n');
  known.set(flow, table);
  return table;
}

function linesOf(interview: Interview): string[] {
  const topics = MARK_TOPICS.flatMap((topic) => {
    const heights = interview.known.heights[topic];
    return Array.from({ length: heights.top }, (_, index) =>
      line(interview, `${topic} ${index + 1}`, heights.atLeast(index + 1)),
    );
  });
  const ids = TALLIES.flatMap((topic) => {
    const tally = interview.known[topic];
    return tally.ids().map((id) => line(interview, `${topic} ${id}`, tally.of(id)));
  });
  return [...topics, ...ids];
}

function line({ diagrams, known: { facts } }: Interview, what: string, formula: Formula): string {
  const names: string[] = [];
  for (const { variables } of facts.values()) for (const { id, name } of variables) names[id] = name;
  return `${what} ${fingerprintOf(diagrams, formula, names)}`;
}
