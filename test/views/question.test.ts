import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { renderAll, renderAnswer } from './pages.ts';

const pages = renderAll();
const page = (name: string) => pages[name] ?? `there is no page ${name}`;

describe('a question', () => {
  it('is a form that works without a script', () => {
    const html = page('question danger');
    expect(html).toContain('<form class="fd-question" method="post" action="/consultations/0192c1d4-7a1b/answers"');
    for (const [name, value] of [
      ['question', 'danger'],
      ['seen', '0'],
      ['token', 'token'],
    ])
      expect(html).toContain(`<input type="hidden" name="${name}" value="${value}"/>`);
    expect(html).toMatch(/<fieldset[^>]*><legend[^>]*><h1[^>]*>A question about danger\?<\/h1><\/legend>/);
  });

  it.each(['age', 'seen', 'words', 'role'])('with a text box has "I don’t know" under the same name (%s)', (id) => {
    const html = page(`question ${id}`);
    expect(html).toMatch(new RegExp(`<(input|textarea)[^>]* id="q-${id}" name="${id}"`));
    expect(html).toMatch(/type="checkbox" value="unknown"/);
  });

  it('that was refused says so in the title, at the top, and at the field, and keeps the input', () => {
    const html = page('question age, refused');
    expect(html).toContain('<title>Error: Question 3');
    expect(html).toContain('<a href="#q-age">That is wrong</a>');
    expect(html).toContain('id="q-age-error"');
    expect(html).toMatch(/id="q-age"[^>]*value="wrong"/);
    expect(html.match(/class="govuk-error-summary"/g)).toHaveLength(1);
    expect(html.indexOf('govuk-error-summary')).toBeLessThan(html.indexOf('id="turns"'));
  });

  it('has a Change link on every answer above it', () => {
    expect(page('question role').match(/Change<span/g)).toHaveLength(5);
    expect(page('question role')).toContain('href="/consultations/0192c1d4-7a1b/questions/signs#question"');
  });

  it('needs at most 3 KB for a step', () => {
    expect(gzipSync(renderAnswer(true)).length).toBeLessThan(3000);
  });
});

describe('what the public and children get', () => {
  it.each(['talk, before', 'talk, question', 'talk, result'])('has a way out (%s)', (name) => {
    expect(page(name)).toMatch(/ping="\/leave"[^>]*govuk-js-exit-this-page-button/);
    expect(page(name)).toContain('<script src="/static/exit.js" defer=""></script>');
    expect(page(name)).toContain(' &#8211; Front Door</title>');
  });

  it('never asks for an account or a record', () => {
    expect(page('talk, result')).not.toMatch(/\/record|\/codes|return code/i);
  });
});
