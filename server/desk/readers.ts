/**
 * Who learns what the desk writes: a referrer reads it on a page of their own; a caller has none, and has to be told. Every sentence that
 * speaks of it comes from here, so that none says that somebody reads who cannot. Pure.
 */
import type { DeskCase } from './desk-case.ts';

type Asked = Pick<DeskCase, 'byTelephone'>;

/** As the beginning of a sentence. */
export function whoAsked({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller' : 'The referrer';
}

/** Before when, and what they wrote. */
export function describeDisputed({ byTelephone }: Asked): string {
  return byTelephone ? 'Disputed by the caller' : 'Disputed by the referrer';
}

/** Beside what nobody but the desk reads. */
export const ONLY_DESK = 'Only the desk reads it';

/** Beside a field whose words whoever asked learns. */
export function whoReads({ byTelephone }: Asked): string {
  return byTelephone ? 'Tell the caller this: they have no page here' : 'The referrer reads this on their page';
}

/** Above fields that whoever asked never sees. */
export function whoReadsFields({ byTelephone }: Asked): string {
  return `Only the desk reads these fields.${byTelephone ? '' : ' The referrer never sees them.'}`;
}

/** Above a part of the record that every record has. */
export function whoReadsPart({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller has no page here.' : 'The referrer reads this in their record.';
}

/** The outcome is replaced: beside its field. */
export function whoIsAnsweredAgain({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller has to be answered again' : 'The referrer reads it, and has to be answered again';
}

/** The outcome was not signed, and this says why. */
export function whoReadsRefusal({ byTelephone }: Asked): string {
  return byTelephone ? 'The caller has no page: tell them' : 'The referrer reads it then';
}

/** An outcome no longer holds, whatever they were told of it. */
export function whoIsToldAgain({ byTelephone }: Asked): string {
  return byTelephone
    ? 'The caller has no page: tell them again.'
    : 'The referrer reads this, and has to be answered again.';
}

/** Above the outcome. */
export function whoReadsOutcome({ byTelephone }: Asked): string {
  return byTelephone ? 'to be told to the caller' : 'the referrer reads this at once';
}

/** A reason is missing that whoever asked learns. */
export function reasonFor({ byTelephone }: Asked): string {
  return `Write the reason. ${byTelephone ? 'The caller is told it, and the record needs it' : 'The referrer reads it'}`;
}
