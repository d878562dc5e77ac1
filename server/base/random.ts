/**
 * Random bytes for ids and tokens. A system call for a few bytes takes longer than most database statements, so many
 * are drawn at a time. Bytes that were handed out are wiped here.
 */
const AT_ONCE = 4096;
/** Larger requests are drawn directly. */
const FEW = 64;

/** Returns this many random bytes. */
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
