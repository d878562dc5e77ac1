import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, 'browser');
/** A click or Enter, followed on the next line by an expectation that reads the page only once. */
const HASTY = /\.(click\(\)|press\('Enter'\));\n\s*expect\(\s*await |expect\(\s*await page\.title\(\)/;

// A form is sent by script, so the next page comes some time after the click. On a busy machine, such a test fails by
// chance.
describe('what a browser test expects of the next page', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts'));

  it.each(files)('%s waits for it, with eventually()', (name) => {
    expect(readFileSync(join(FOLDER, name), 'utf8').match(HASTY)?.[0]).toBeUndefined();
  });

  it.each([
    '  await button.click();\n  expect(await table.textContent()).toBe(1);',
    'expect(await page.title()).toBe(2);',
  ])('is reported if it does not: %s', (planted) => expect(planted).toMatch(HASTY));

  // A tab that is closed while a page is still loading sometimes never closes, and the test waits until it times out.
  it.each(files)('%s waits for a page to load before it navigates', (name) => {
    expect(readFileSync(join(FOLDER, name), 'utf8')).not.toContain("waitUntil: 'commit'");
  });
});
