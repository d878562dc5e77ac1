/** The day as which tests read the real content: no day in the content is later. The clock of the tests is another matter, and stands earlier. */
export const CONTENT_DAY = '2026-11-26';
