/** Rules that every page must follow. */
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { someOf } from '../short-form.ts';
import { renderAll, renderAnswer } from './pages.ts';

const validator = new HtmlValidate(JSON.parse(readFileSync('.htmlvalidate.json', 'utf8')));
const HOSTILE = '"\'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;';
const pages = Object.entries(renderAll());
const hostile = Object.entries(renderAll((words) => words + HOSTILE));

describe.each(someOf(pages, 3))('%s', (name, html) => {
  it('is valid HTML', async () => {
    const report = await validator.validateString(html, `${name}.html`);
    expect(
      report.results.flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`)),
    ).toEqual([]);
  });

  it('has no script and no style of its own', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
    expect(
      html
        .match(/<script\b[^>]*>[^<]*<\/script>/g)
        ?.every((tag) => /^<script src="\/static\/[\w.-]+" defer=""><\/script>$/.test(tag)),
    ).toBe(true);
  });

  it('shows 999 before anything else', () => {
    expect(html.indexOf('href="tel:999"')).toBeGreaterThan(0);
    expect(html.indexOf('href="tel:999"')).toBeLessThan(html.indexOf('<main'));
  });

  it('has one main heading, and a title without anything personal', () => {
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    const title = /<title>(.*)<\/title>/.exec(html)?.[1] ?? '';
    expect(title).toMatch(/ &#8211; Front Door(, Bury)?$/);
    expect(title).not.toMatch(/question about|B 48/i);
  });
});

describe.each(someOf(hostile, 3))('%s, with hostile text', (_, html) => {
  it('does not let it become markup', () => {
    const body = html.replace(/<title>.*?<\/title>/, '');
    expect(body).not.toMatch(/<script>|<img\b/);
    expect(body).not.toMatch(/href="javascript:/i);
    // If a quote got out of an attribute, it would end the attribute before the text that follows.
    expect(body).not.toContain(`"'>`);
  });
});

it('contains the hostile text as it was written', () => {
  const html = Object.fromEntries(hostile);
  expect(html['result, told']).toContain('A. Worker&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html['question words, refused']).toContain('wrong&quot;&#39;&gt;&lt;script&gt;');
});

describe('a step for htmx', () => {
  it('has no character outside Latin-1, which would double its size in memory', () => {
    expect(renderAnswer(true, (words) => words.replace(/^A question.*/, 'Isn’t it “danger”?'))).not.toMatch(
      /[^\0-\xff]/,
    );
  });

  it.each([true, false])('lets no hostile text become markup (appended: %s)', (appended) => {
    expect(renderAnswer(appended, (words) => words + HOSTILE)).not.toMatch(/<script>|<img\b/);
  });

  it('carries the title, the question, the answered turn and the live line', () => {
    const html = renderAnswer(true);
    expect(html).toContain('<title>Question 2 &#8211; Front Door, Bury</title>');
    expect(html).toContain('<section id="question"');
    expect(html).toMatch(/<ol id="turns" class="fd-turns"><li class="fd-turn">/);
    expect(html).toMatch(/<p id="live" data-hx-swap-oob="innerHTML">[^<]*Question added: number 2/);
  });

  it('carries the whole transcript when an earlier answer changed', () => {
    expect(renderAnswer(false)).toContain(
      '<section id="transcript" aria-label="Your answers so far" data-hx-swap-oob="true">',
    );
  });
});
