/** In `dist`: the hash of all files that the build wrote, so that a start need not read them to know whether the program is another one. */
export const PROGRAM_HASH = 'program-hash.txt';
