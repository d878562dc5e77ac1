/**
 * Which of several servers a process is. Separate from `servers.ts`, because a server that runs alone does not need the
 * rest of it.
 */

export const SERVER_NUMBER = 'FRONT_DOOR_SERVER';

/**
 * Counted from 0; a server that replaces another gets its number. Undefined for a process that was not started by
 * another of ours.
 */
export function serverNumber(): number | undefined {
  const given = process.env[SERVER_NUMBER];
  return given === undefined ? undefined : Number(given);
}
