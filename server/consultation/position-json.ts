/** A position in the stable JSON format that `npm run -s flow -- … --json` prints. */
import type { Flow } from '../flow/flow.ts';
import { forEachTopic } from '../flow/marks.ts';
import { outcomeOf } from '../flow/walk/outcome.ts';
import type { Position } from '../flow/walk/walk.ts';
import { describeResult } from './result.ts';

export function describePosition(flow: Flow, position: Position, today: string) {
  const { at } = position;
  const outcome = outcomeOf(flow, position);
  return {
    area: flow.area.id,
    flow: flow.id,
    path: position.path.filter((step) => step.taken === 'taken' || step.taken === 'here').map((step) => step.step),
    position:
      at.kind === 'end'
        ? { end: at.end.id }
        : { question: at.question.id, text: at.question.text, type: at.question.type, options: optionsOf(at.question) },
    level: outcome.level === 0 ? null : outcome.level,
    levelName: flow.area.scale[outcome.level - 1] ?? null,
    action: at.kind === 'end' ? at.end.action : null,
    within: at.kind === 'end' ? at.end.within : null,
    ...forEachTopic((topic) => outcome[topic] ?? null),
    advice: [...outcome.advice],
    next: [...outcome.next],
    record: [...outcome.record],
    contacts: [...outcome.contact],
    sources: sourcesOf(flow, position, today),
    unknown: position.doubts.map((doubt) => doubt.question),
    unused: position.unused,
  };
}

function optionsOf(question: Extract<Position['at'], { kind: 'question' }>['question']): string[] {
  const ids = question.options.map((option) => option.id);
  return question.none === undefined ? [...ids, 'unknown'] : [...ids, 'none', 'unknown'];
}

function sourcesOf(flow: Flow, position: Position, today: string): string[] {
  const found = position.findings.flatMap((finding) => finding.cite);
  const said = position.advice.flatMap((advice) => advice.cite);
  const end =
    position.at.kind === 'end'
      ? describeResult({ flow, position, answers: {} }, { opened: today, today }).citations.map(
          (citation) => citation.short,
        )
      : [];
  return [...new Set([...end, ...found, ...said])];
}
