/**
 * Random bytes for ids and tokens. A call of the system for a few bytes takes longer than most statements of the database, so they are drawn
 * many at a time. What was given out is wiped here.
 */
import { randomBytes, randomFillSync } from 'node:crypto';

const AT_ONCE = 4096;
/** More than this is drawn by itself. */
const FEW = 64;

export type Random = (bytes: number) => Buffer;

export function createRandom(): Random {
  const drawn = Buffer.alloc(AT_ONCE);
  let used = AT_ONCE;
  return (bytes) => {
    if (bytes > FEW) return randomBytes(bytes);
    if (used + bytes > AT_ONCE) {
      randomFillSync(drawn);
      used = 0;
    }
    const given = Buffer.from(drawn.subarray(used, used + bytes));
    drawn.fill(0, used, used + bytes);
    used += bytes;
    return given;
  };
}
