/**
 * Checks the fields behind the quarterly figures. Each figure comes from one choice field of the area, so that no typed text is ever
 * published. Text fields are listed instead.
 */

import { ALL_COUNTED, COUNTED, type DeskField, LISTED, NOT_KNOWN } from '../desk.ts';
import type { Compiler } from '../language/compile.ts';
import type { Located } from '../language/content.ts';
import type { RawDesk } from '../language/schema-desk.ts';

export function checkCounted(compiler: Compiler, own: Located<RawDesk>, fields: readonly DeskField[]): void {
  const everywhere: readonly string[] = COUNTED;
  for (const counted of ALL_COUNTED) {
    const feeding = fields.filter((field) => field.counts === counted);
    if (feeding.length === 1 || (feeding.length === 0 && !everywhere.includes(counted))) continue;
    const found = nameAll(feeding);
    compiler.report(
      own,
      ['fields'],
      feeding.length === 0
        ? { missing: `no field feeds the figure "${counted}". Give one of them "counts: ${counted}".` }
        : `${found} both feed the figure "${counted}". Take "counts" out of all but one.`,
    );
  }
}

export function checkListed(compiler: Compiler, own: Located<RawDesk>, fields: readonly DeskField[]): void {
  for (const listed of LISTED) {
    const found = fields.filter(({ listedAs }) => listedAs === listed);
    if (found.length > 1)
      compiler.report(
        own,
        ['fields'],
        `${nameAll(found)} both are listed as "${listed}". Take "listed as" out of all but one.`,
      );
  }
}

function nameAll(fields: readonly DeskField[]): string {
  return fields.map(({ id }) => `"${id}"`).join(' and ');
}

export function isText({ type }: Pick<DeskField, 'type'>): boolean {
  return type === 'long text' || type === 'short text';
}

/** An error message, or undefined if the field may be counted. */
export function describeUncountable({ type, options }: Pick<DeskField, 'type' | 'options'>): string | undefined {
  if (type !== 'one of' && type !== 'yes or no')
    return `a ${type} cannot be counted, because what is typed could make a child known. Say "type: one of", with options.`;
  if (options.some(({ id }) => id === NOT_KNOWN)) return undefined;
  return `what is counted needs an option "${NOT_KNOWN}", so that nobody has to guess. Say "type: one of", and add it.`;
}
