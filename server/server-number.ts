/** Which of several servers a process is. Apart from `servers.ts`, since most servers stand alone and need nothing of it. */

export const SERVER_NUMBER = 'FRONT_DOOR_SERVER';

/** From 0 on; one that replaces another has its number. Undefined for a process that no other one of ours started. */
export function serverNumber(): number | undefined {
  const given = process.env[SERVER_NUMBER];
  return given === undefined ? undefined : Number(given);
}
