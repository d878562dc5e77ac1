/** What an answer or a step sets, in plain English. */
import type { Flow, Marks } from '../flow.ts';
import { MARKS, TOPICS } from '../marks.ts';

/** What an option, a piece of advice or an end sets, one line a mark. `brief`: a level by its number alone, since a list says it often. */
export function describeMarks(flow: Flow, marks: Marks, brief = false): string[] {
  const level = marks.level === undefined || brief ? undefined : flow.area.scale[marks.level - 1];
  return [
    ...(marks.level === undefined
      ? []
      : [`${flow.area.scaleName.split(',')[0]} ${marks.level}${nameOfLevel(marks.level, level)}`]),
    ...TOPICS.flatMap((topic) => (marks[topic] === undefined ? [] : [`${MARKS[topic].name}: ${marks[topic]}`])),
    ...(marks.next ?? []).map((id) => `Next step: ${flow.next[id]?.do ?? id}`),
    ...(marks.record ?? []).map((id) => `Write down: ${flow.record[id]?.write ?? id}`),
  ];
}

/** Some scales name their levels "Level 3, …" themselves. */
function nameOfLevel(number: number, name: string | undefined): string {
  if (name === undefined) return '';
  return `: ${name.replace(new RegExp(`^level ${number},? *`, 'i'), '')}`;
}
