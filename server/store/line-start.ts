/** Files that lines are appended to: the signed heads, and what stands beside them. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** What a new line begins with: after one that a full disk or a crash has cut off it begins anew, and is not lost with that one. */
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
