/**
 * A file in `dist` with the hash of everything that the build wrote, so that a start need not read it all to know
 * whether the program has changed.
 */
export const PROGRAM_HASH = 'program-hash.txt';
