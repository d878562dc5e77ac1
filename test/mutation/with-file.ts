import { type Content, readContent } from '../../server/flow/language/content.ts';
import type { Problem } from '../../server/flow/problem.ts';

/** The content of a folder with one file replaced. */
export function withFile(
  content: Content,
  name: string,
  text: string,
): { content: Content; problems: readonly Problem[] } {
  const { content: read, problems } = readContent(content.folder, [{ name, text }]);
  const file = `flows/${content.folder}/${name}`;
  const others = [...content.questions].filter(([, question]) => question.document.file !== file);
  const changed: Content = {
    ...content,
    questions: new Map([...others, ...read.questions]),
    flows: new Map([...content.flows, ...read.flows]),
    ...(name === 'timetable.yaml' && { next: read.next }),
  };
  return { content: changed, problems };
}
