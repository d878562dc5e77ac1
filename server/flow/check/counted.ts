/** The quarter's figures: each is fed by one field of the area, and by a choice, so that nothing a person typed is ever published. */
import type { Compiler } from '../compile.ts';
import type { Located } from '../content.ts';
import type { DeskField } from '../desk.ts';
import { COUNTED, NOT_KNOWN } from '../desk.ts';
import type { RawDesk } from '../schema-desk.ts';

export function checkCounted(compiler: Compiler, own: Located<RawDesk>, fields: readonly DeskField[]): void {
  for (const counted of COUNTED) {
    const feeding = fields.filter((field) => field.counts === counted);
    if (feeding.length === 1) continue;
    const found = feeding.map(({ id }) => `"${id}"`).join(' and ');
    compiler.report(
      own,
      ['fields'],
      feeding.length === 0
        ? `no field feeds the figure "${counted}". Give one of them "counts: ${counted}".`
        : `${found} both feed the figure "${counted}". Take "counts" out of all but one.`,
    );
  }
}

/** Undefined when it may be counted. */
export function describeUncountable({ type, options }: Pick<DeskField, 'type' | 'options'>): string | undefined {
  if (type !== 'one of' && type !== 'yes or no')
    return `a ${type} cannot be counted, because what is typed could make a child known. Say "type: one of", with options.`;
  if (options.some(({ id }) => id === NOT_KNOWN)) return undefined;
  return `what is counted needs an option "${NOT_KNOWN}", so that nobody has to guess. Say "type: one of", and add it.`;
}
