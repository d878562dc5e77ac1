/** Limits that the server keeps to and the browser's scripts know, so that nothing is sent only to be refused. */

/** Bytes of a form as it is sent: room for three texts of 20,000 characters in any script. */
export const LARGEST_BODY = 800_000;
