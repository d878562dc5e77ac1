/** What the duty desk has made of a consultation, as the record that is taken away holds it. Pure. */
import type { DeskField } from '../flow/desk.ts';
import type { Recorded } from './consultation.ts';
import type { DeadlineSet, DeskHappening, Who } from './desk-happening.ts';
import type { Kept } from './record.ts';

type By<Kind extends DeskHappening['kind']> = Recorded<Kind> & { who?: Who };

/** As `desk/handover.ts` reads it from the entries. */
export interface DeskWork {
  askedAt: string;
  byTelephone: boolean;
  questions: { at: string; text: string }[];
  reach: string;
  claimedBy?: Who;
  fields: Record<string, By<'field recorded'>>;
  outcomes: By<'outcome recorded'>[];
  review?: By<'referral reviewed'>;
  disagreement?: By<'disagreement recorded'>;
  resolution?: By<'disagreement resolved'>;
  answer?: By<'referrer answered'>;
  chasings: By<'chased'>[];
  dispute?: By<'disputed'>;
  reopenings: { number: number; at: string; news: string }[];
  deadlines: (DeadlineSet & { met?: { at: string; note: string } })[];
}

/** A field of the area's record, filled in or not. */
export interface DeskRecordField {
  id: string;
  label: string;
  recorded?: Kept<By<'field recorded'>>;
}

export interface DeskRecord extends Omit<DeskWork, 'fields' | 'outcomes' | 'answer'> {
  /** In the order of the area's own record. */
  fields: DeskRecordField[];
  outcomes: Kept<By<'outcome recorded'>>[];
  answer?: Kept<By<'referrer answered'>>;
}

type Keep = <T extends { number: number; at: string }>(recorded: T) => Kept<T>;

/** `asked`: the fields of the content now; what was filled in when it had others stands after them. */
export function createDeskRecord(work: DeskWork, asked: readonly DeskField[], keep: Keep): DeskRecord {
  const { fields, outcomes, answer, ...same } = work;
  const ids = asked.map((field) => field.id);
  const old = Object.values(fields).filter(({ field }) => !ids.includes(field));
  const describe = (id: string, label: string): DeskRecordField => {
    const recorded = fields[id];
    const isFilled = recorded !== undefined && recorded.value !== '';
    return { id, label, ...(isFilled && { recorded: keep(recorded) }) };
  };
  return {
    ...same,
    fields: [
      ...asked.map(({ id, label }) => describe(id, label)),
      ...old.map(({ field, label }) => describe(field, label)),
    ],
    outcomes: outcomes.map(keep),
    ...(answer !== undefined && { answer: keep(answer) }),
  };
}
