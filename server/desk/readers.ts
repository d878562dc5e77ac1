/**
 * Who gets to read what the desk writes. A referrer reads it on a page of their own. A caller has no page and has to be
 * told. Every sentence about this comes from here, so that no page promises a reader who cannot read. Pure.
 */
import type { DeskCase } from './desk-case.ts';

type Asked = Pick<DeskCase, 'byTelephone'>;

/** Begins a sentence. */
export function whoAsked({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller' : 'The referrer';
}

/** What is disputed, as the heading of their words. */
export function describeDisputed({ byTelephone }: Asked): string {
  return byTelephone ? 'Disputed by the caller' : 'Disputed by the referrer';
}

/** Shown beside what only the desk can read. */
export const ONLY_DESK = 'Only the desk reads it';

/** Shown beside a field whose words the asker will read or be told. */
export function whoReads({ byTelephone }: Asked): string {
  return byTelephone ? 'Tell the caller this: they have no page here' : 'The referrer reads this on their page';
}

/** Shown above fields that the asker never sees. */
export function whoReadsFields({ byTelephone }: Asked): string {
  return `Only the desk reads these fields.${byTelephone ? '' : ' The referrer never sees them.'}`;
}

/** Shown above a part that every record has. */
export function whoReadsPart({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller has no page here.' : 'The referrer reads this in their record.';
}

/** Shown beside the field for a replacement outcome. */
export function whoIsAnsweredAgain({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller has to be answered again' : 'The referrer reads it, and has to be answered again';
}

/** Shown beside the reason for not signing an outcome. */
export function whoReadsRefusal({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller has no page: tell them' : 'The referrer reads it then';
}

/** Shown when an outcome no longer holds, whatever the asker was told about it. */
export function whoIsToldAgain({ byTelephone }: Asked): string {
  return byTelephone
    ? 'The caller has no page: tell them again.'
    : 'The referrer reads this, and has to be answered again.';
}

/** Shown above the outcome. */
export function whoReadsOutcome({ byTelephone }: Asked): string {
  return byTelephone ? 'to be told to the caller' : 'the referrer reads this at once';
}

/** Who sees to it that children's services are told. A caller can be a child, so the desk does it for them. */
export function whoTells({ byTelephone }: Asked): string {
  return byTelephone
    ? 'the caller, or the desk for them; the desk asks until it is done'
    : 'the referrer; the desk asks until it is done';
}

/** The error when a reason is missing that the asker will read or be told. */
export function reasonFor({ byTelephone }: Asked): string {
  return `Write the reason. ${byTelephone ? 'The caller is told it, and the record needs it' : 'The referrer reads it'}`;
}
