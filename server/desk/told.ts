/** Whether children's services know what a consultation found out. One rule for every page and paper. Pure. */
import { type Consultation, isToldBefore } from '../consultation/consultation.ts';
import { newsOf } from '../consultation/desk-record.ts';
import { readDeskCase } from './desk-case.ts';

/** What children's services do not know, although they were told: the newest first. */
type Untold = 'answers' | 'news' | 'consultation';

/**
 * The newest thing that came after children's services were told: an answer that was given or changed, something that
 * was added for the desk, or the whole consultation, if they were told before it was opened. Undefined if they know
 * everything, and if nobody has told them at all.
 */
export function whatIsUntold(consultation: Consultation): Untold | undefined {
  const { told, entries } = consultation;
  if (told === undefined) return undefined;
  if (isToldBefore(consultation)) return 'answers';
  if (newsOf(readDeskCase(entries)) > told.number) return 'news';
  return told.before === undefined ? undefined : 'consultation';
}

/** What a paper has to say about it: whoever holds the paper must not take them to know more than they do. */
export function describeToldOf(consultation: Consultation): 'yes' | 'no' | 'before this' {
  if (consultation.told === undefined) return 'no';
  return whatIsUntold(consultation) === undefined ? 'yes' : 'before this';
}
