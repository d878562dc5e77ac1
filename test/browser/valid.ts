/** Checks a page that needs signing in: valid HTML, and no inline script or style. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { expect } from 'vitest';

const validator = new HtmlValidate(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '.htmlvalidate.json'), 'utf8')),
);

export async function expectValid(html: string): Promise<void> {
  const { results } = await validator.validateString(html, 'page.html');
  expect(results.flatMap(({ messages }) => messages).map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
}
