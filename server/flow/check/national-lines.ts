/**
 * Reports a line of the national script, or a field of the national hand-over sheet, that no answer of any area leads
 * to. It may apply in some areas only.
 */
import type { Condition, Flow } from '../flow.ts';
import type { HandoverSheet } from '../handover-sheet.ts';
import type { Content } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import { NATIONAL } from '../national.ts';
import type { Problem } from '../problem.ts';
import type { Script } from '../script.ts';
import { describeNeverMeant, neverMeant } from './never-meant.ts';

interface Area {
  flows: ReadonlyMap<string, Flow>;
  script?: Script;
  handoverSheet?: HandoverSheet;
}

export function checkNationalLines(national: Content | undefined, areas: ReadonlyMap<string, Area>): Problem[] {
  // If only one council is checked, the answers of the others are missing.
  if (national === undefined || areas.size <= 2) return [];
  const { script, handoverSheet } = areas.get(NATIONAL) ?? {};
  const asked = [...areas.values()].flatMap(({ flows }) => [...flows.values()]);
  const professional = asked.filter(({ reader }) => reader === 'professional');
  const findIn = (
    lines: readonly { id: string; onlyWith?: Condition }[],
    table: Content['script'] | Content['handoverSheet'],
  ) =>
    lines.flatMap(({ id, onlyWith }) => {
      const item = table.get(id);
      if (item === undefined || onlyWith === undefined) return [];
      const path = [...item.path, 'only with'];
      return neverMeant(onlyWith, professional).map((one) => problemIn(item.document, path, describeNeverMeant(one)));
    });
  return [
    ...findIn(script?.lines ?? [], national.script),
    ...findIn(handoverSheet?.fields ?? [], national.handoverSheet),
  ];
}
