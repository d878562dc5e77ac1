/** Describes the marks of an answer or a step in plain English. */
import type { Flow, Marks } from '../flow.ts';
import { MARKS, TOPICS } from '../marks.ts';

/** One line for each mark of an option, an advise step or an end. `brief`: shows only the number of a level, for long lists. */
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

/** Some scales already begin the names of their levels with "Level 3, …". */
function nameOfLevel(number: number, name: string | undefined): string {
  if (name === undefined) return '';
  return `: ${name.replace(new RegExp(`^level ${number},? *`, 'i'), '')}`;
}
