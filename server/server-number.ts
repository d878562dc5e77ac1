/**
 * Which of several servers a process is. Separate from `servers.ts`, because a server that runs alone does not need the
 * rest of it.
 */

export const SERVER_NUMBER = 'FRONT_DOOR_SERVER';

/**
 * The message by which one of several servers tells the process that started it that readers are let in, with the port.
 * It listens at other ports, too, such as that of its metrics.
 */
export const OPEN_PORT = 'openPort';

/**
 * Counted from 0; a server that replaces another gets its number. Undefined for a process that was not started by
 * another of ours.
 */
export function serverNumber(): number | undefined {
  const given = process.env[SERVER_NUMBER];
  return given === undefined ? undefined : Number(given);
}
