/** The day on which tests load the real content: no day in the content is later. Not to be confused with the tests' clock, which is earlier. */
export const CONTENT_DAY = '2026-11-26';
