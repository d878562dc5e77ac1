import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';

async function resultOf(reader: string) {
  const visitor = (await openApp()).visit();
  let page = await visitor.go(paths.talkFor(reader));
  page = await visitor.send(page.form(paths.talk()));
  for (let asked = 0; asked < 6 && !page.html.includes('data-end='); asked++) {
    const form = page.form(paths.talkAnswers());
    page = await visitor.send(form, { [form.sends.get('question') ?? '']: 'unknown' });
  }
  return { visitor, page };
}

describe('the result of the public and of a child', () => {
  it.each(['public', 'child'])('can be shown in large letters, and then in normal ones again (%s)', async (reader) => {
    const { visitor, page } = await resultOf(reader);
    expect(page.html).toContain(`href="${paths.talkResultLarge()}"`);
    expect(page.html).not.toContain('fd-large');
    const large = await visitor.go(paths.talkResultLarge());
    expect(large.html).toContain('class="govuk-template fd-large"');
    expect(large.html).toContain(`href="${paths.talkResult()}"`);
  });
});
