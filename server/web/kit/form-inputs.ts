/**
 * Inputs of a form that nobody types into, in one place: drafts, the list of drafts and a form that is filled in again
 * all ask here what is somebody's own text. Pure.
 */

/** What the page had seen when it was shown. */
export function isSeen(name: string): boolean {
  return name === 'seen' || name.startsWith('seen-');
}

/** Which form, entry or page it is. */
const SAYS_WHICH: ReadonlySet<string> = new Set(['asks', 'back', 'corrects', 'deadline', 'session', 'signing']);
/** Which of two answers stands, on a page that shows both. */
const isOfTwo = (name: string) => name.startsWith('keep-');
/** That the form is sent although other text is not. */
const UNSENT = 'unsent';
/** Choices that are asked again where they are needed, and contain no text. */
const ASKED_AGAIN: ReadonlySet<string> = new Set(['departs', 'take', UNSENT]);

/** Whether the input belongs to the form: alone, it holds nothing that somebody wrote. */
export function isPartOfForm(name: string): boolean {
  return isSeen(name) || SAYS_WHICH.has(name) || name === UNSENT;
}

/** Whether what it holds is listed among what somebody wrote. */
export function isListed(name: string): boolean {
  return !isPartOfForm(name) && !isOfTwo(name);
}

export function isAskedAgain(name: string): boolean {
  return ASKED_AGAIN.has(name) || isOfTwo(name);
}
