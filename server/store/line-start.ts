/** Files that lines are appended to: the signed checkpoints and the files beside them. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * What to write before a new line: a newline if a full disk or a crash has cut off the last line, so that the new one
 * is not lost with it.
 */
export function startOfLine(file: string): '' | '\n' {
  if (!existsSync(file)) return '';
  const handle = openSync(file, 'r');
  try {
    const last = Buffer.alloc(1);
    const { size } = fstatSync(handle);
    return size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last.toString() !== '\n' ? '\n' : '';
  } finally {
    closeSync(handle);
  }
}
