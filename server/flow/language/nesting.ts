/** Finds YAML nested so deeply that the parser would overflow the stack and crash the process. Checked before parsing. */

const DEEPEST = 100;
/** Deep nesting within one line, or by indentation. */
const DEEP_LINE = /^[ \t]*(?:[-?:][ \t]+){50}|^[ \t]{200}/m;

export function isTooDeeplyNested(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (sign === '[' || sign === '{' ? 1 : -1));
    if (depth > DEEPEST) return true;
  }
  return DEEP_LINE.test(text);
}
