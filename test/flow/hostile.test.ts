import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { TODAY, town } from './small-content.ts';

describe('hostile files are problems, never a crash or a hang', () => {
  const aliases = `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, index) => `k${index}: &k${index} [*a, *a, *a]`).join('\n')}\n`;
  it.each([
    ['a line of 10 MB', 'x'.repeat(10_000_000)],
    ['brackets without end', '['.repeat(200_000)],
    ['an alias bomb', aliases],
    ['nothing', ''],
    ['a list', '- a\n- b\n'],
    ['control characters', 'a\u0000b: \u0007c'],
    ['half a UTF-16 pair', 'a: \ud800'],
    ['two documents', 'a: b\n---\nc: d\n'],
  ])('%s', (_name, text) => {
    const started = performance.now();
    expect(loadLibrary(town({ 'worry.yaml': text }), TODAY).problems.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
