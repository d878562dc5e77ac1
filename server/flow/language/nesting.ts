/** YAML so deep that its parser would run out of stack, which can end the whole process. It is told before anything is parsed. */

const DEEPEST = 100;
/** One inside the other in one line, or by the blanks at its beginning. */
const DEEP_LINE = /^[ \t]*(?:[-?:][ \t]+){50}|^[ \t]{200}/m;

export function isTooDeeplyNested(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (sign === '[' || sign === '{' ? 1 : -1));
    if (depth > DEEPEST) return true;
  }
  return DEEP_LINE.test(text);
}
