/**
 * Random bytes for ids and tokens. A call of the system for a few bytes takes longer than most statements of the database, so they are drawn
 * many at a time. What was given out is wiped here.
 */
const AT_ONCE = 4096;
/** More than this is drawn by itself. */
const FEW = 64;

/** So many bytes. */
export type Random = (bytes: number) => Buffer;

export function createRandom(draw: Random): Random {
  let drawn = draw(0);
  return (bytes) => {
    if (bytes > FEW) return draw(bytes);
    if (drawn.length < bytes) drawn = draw(AT_ONCE);
    const given = Buffer.from(drawn.subarray(0, bytes));
    drawn.fill(0, 0, bytes);
    drawn = drawn.subarray(bytes);
    return given;
  };
}
