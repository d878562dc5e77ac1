/**
 * Which lines of a result make sense with everything that is known at its end. Follows `flows/README.md`, "Lines that
 * fit together".
 */
import { type Branch, list, type RawContent } from './content.ts';

export class Sieve {
  readonly leftOut: string[] = [];
  private readonly content: RawContent;
  private readonly keepsAll: boolean;
  private readonly makesSense: (line: Branch) => boolean;

  constructor(content: RawContent, keepsAll: boolean, makesSense: (line: Branch) => boolean) {
    this.content = content;
    this.keepsAll = keepsAll;
    this.makesSense = makesSense;
  }

  keeps(kind: string, id: string, line: Branch): boolean {
    if (this.keepsAll || this.makesSense(line)) return true;
    if (!this.leftOut.includes(`${kind} ${id}`)) this.leftOut.push(`${kind} ${id}`);
    return false;
  }

  contacts(ids: readonly string[]): string[] {
    return ids.filter((id) => this.keeps('contact', id, this.content.entry('contacts', 'contacts', id)));
  }

  /** A next step is left out together with its contact. */
  keepsFinding(topic: string, value: string): boolean {
    if (topic === 'record') return this.keeps('record', value, this.content.entry('record', 'record', value));
    if (topic !== 'next') return true;
    const step = this.content.entry('timetable', 'next', value);
    const [contact] = list(step.with).map((id) => this.content.entry('contacts', 'contacts', this.content.contact(id)));
    return this.keeps('next', value, step) && (contact === undefined || this.keeps('next', value, contact));
  }
}
