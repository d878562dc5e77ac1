/** Whether the hand-over sheet was sent, as the person reports it afterwards. Front Door itself sends nothing. Pure. */
import { capitalise, LONGEST_TEXT } from '../base/text.ts';
import type { Recorded } from './consultation.ts';
import { withoutDenied } from './denied.ts';
import { describeBefore } from './describe-before.ts';
import type { Entry, Happening, Refusal } from './entry.ts';
import { type Clock, type Form, invalid, openedAt, Reader, readBefore } from './recording.ts';

const HANDOVER_SHEET_SENT = ['to services', 'to somebody else', 'not sent'] as const;
export type HandoverSheetSent = (typeof HANDOVER_SHEET_SENT)[number];

type Sent = Extract<Happening, { kind: 'handover sheet sent' }>;

/**
 * Sending a referral to children's services tells them, so that is recorded as well. A hand-over sheet cannot have been
 * sent before its consultation was opened, not even by a minute, so anybody who reports that is asked whether the day is
 * right. A form that is sent twice has one effect.
 */
export function recordHandoverSheetSent(entries: readonly Entry[], form: Form, now: Clock): Happening[] | Refusal {
  const reader = new Reader(form);
  const sent = reader.choice('sent', HANDOVER_SHEET_SENT, 'Choose what became of the sheet');
  const happening: Sent = {
    kind: 'handover sheet sent',
    sent,
    to:
      sent === 'not sent'
        ? ''
        : reader.must('to', 'Write to whom it went, and how: the council’s online form, e-mail, by hand'),
    when: sent === 'not sent' ? '' : reader.past('when', now),
    reference: reader.text('reference'),
    note: reader.text('note', LONGEST_TEXT),
    ...(sent !== 'not sent' &&
      readBefore(reader, { now, by: 'professional', opened: openedAt(entries, now), unasked: 0 })),
  };
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const known = withoutDenied(entries).filter(({ what }) => what.kind === 'handover sheet sent');
  const seen = Number(form.seen ?? Number.NaN);
  const since = known.filter(({ number }) => number > seen);
  const isSame = ({ what }: Entry) => JSON.stringify(what) === JSON.stringify(happening);
  if (since.some(isSame) || (known.at(-1) !== undefined && isSame(known.at(-1) as Entry))) return [];
  if (since.length > 0)
    return { refused: 'conflict', message: 'Something else was written down here meanwhile. Look at what stands now' };
  const { to, when, reference, before } = happening;
  const told = { kind: 'told', spokeTo: to, when, reference, ...(before !== undefined && { before }) } as const;
  return sent === 'to services' ? [happening, told] : [happening];
}

export function describeHandoverSheetSent({
  sent,
  to,
  when,
  reference,
  note,
  before,
}: Pick<Recorded<'handover sheet sent'>, keyof Sent>): string {
  const more = [reference && `reference ${reference}`, note].filter(Boolean).join('. ');
  const what =
    sent === 'not sent'
      ? 'Nothing was sent to anybody'
      : `${sent === 'to services' ? 'The person says that they sent a referral to children’s services' : 'The person says that they gave the sheet to somebody else'}: ${to}, ${when}${describeBefore({ before })}`;
  return more === '' ? what : `${what}. ${capitalise(more)}`;
}
