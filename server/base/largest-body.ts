/** Limits shared by the server and the browser's scripts, so that the browser does not send what the server would refuse. */

/** Largest encoded form, in bytes: enough for three texts of 20,000 characters in any script. */
export const LARGEST_BODY = 800_000;
