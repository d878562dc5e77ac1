/** Compares our components with the HTML fixtures of govuk-frontend. */
import { readFileSync } from 'node:fs';
import type { Child } from 'hono/jsx';
import { describe, expect, it } from 'vitest';
import { ELSEWHERE } from '../../server/base/paths.ts';
import { Choice, Divider } from '../../views/kit/choice.tsx';
import { Details } from '../../views/kit/details.tsx';
import { ErrorMessage, ErrorSummary } from '../../views/kit/error-summary.tsx';
import { ExitButton } from '../../views/kit/exit.tsx';
import { FormField } from '../../views/kit/field.tsx';
import { AnswerFields } from '../../views/question/answer-inputs.tsx';
import { makeQuestion } from './sample.ts';

function fixture(component: string, name: string): string {
  const path = `node_modules/govuk-frontend/dist/govuk/components/${component}/fixtures.json`;
  const { fixtures } = JSON.parse(readFileSync(path, 'utf8')) as { fixtures: { name: string; html: string }[] };
  const found = fixtures.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`govuk-frontend has no fixture ${component}: ${name}`);
  return found.html;
}

/** Normalises spaces and the order of attributes. */
function normal(html: Child): string {
  return String(html)
    .replace(/\s+/g, ' ')
    .replace(/ ?(<\/?[^>]*>) ?/g, '$1')
    .replace(/<([a-z0-9]+)([^>]*?) ?\/?>/g, (_, tag: string, attributes: string) => {
      const sorted = [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)]
        .map(([, key, value = '']) => `${key}="${value}"`)
        .sort();
      return `<${[tag, ...sorted].join(' ')}>`;
    });
}

/** The one part of the fixture that the component renders. */
function piece(html: string, pattern: RegExp): string {
  return pattern.exec(normal(html))?.[0] ?? `nothing matches ${pattern}`;
}

describe('the same HTML as govuk-frontend', () => {
  it.each([
    ['radios', /<div class="govuk-radios__item">.*?<\/div><\/div>/],
    ['checkboxes', /<div class="govuk-checkboxes__item">.*?<\/div><\/div>/],
  ] as const)('an option of %s with a hint', (kind, pattern) => {
    const expected = piece(fixture(kind, 'with hints on items'), pattern);
    const [, id = ''] = /id="([\w-]+)"/.exec(expected) ?? [];
    const [, name = ''] = / name="([\w-]+)"/.exec(expected) ?? [];
    const [, value = ''] = / value="([\w-]+)"/.exec(expected) ?? [];
    const [, text = ''] = /<label[^>]*>([^<]*)</.exec(expected) ?? [];
    const [, help = ''] = /hint">([^<]*)<\/div>/.exec(expected) ?? [];
    expect(normal(Choice({ kind, id, name, value, text, help: help.replaceAll('&#39;', "'") }))).toBe(expected);
  });

  it.each(['radios', 'checkboxes'] as const)('the divider of %s', (kind) => {
    const name = kind === 'radios' ? 'with a divider' : 'with divider and None';
    expect(normal(fixture(kind, name))).toContain(normal(Divider({ kind })));
  });

  it('"none of these" alone', () => {
    const expected = piece(fixture('checkboxes', 'with divider and None'), /<input[^>]*exclusive[^>]*>/);
    const id = 'with-divider-and-none-5';
    const ours = Choice({
      kind: 'checkboxes',
      id,
      name: 'with-divider-and-none',
      value: 'none',
      text: '',
      exclusive: true,
    });
    expect(normal(ours)).toContain(expected);
  });

  it('the error summary, which can take the focus without a script', () => {
    const errors = [
      { field: 'example-error-1', message: 'The date your passport was issued must be in the past' },
      { field: 'example-error-2', message: 'Enter a postcode, like AA1 1AA' },
    ];
    expect(normal(ErrorSummary({ errors })).replace(' tabindex="-1"', '')).toBe(
      normal(fixture('error-summary', 'default')),
    );
  });

  it('the error message', () => {
    const id = 'waste-error';
    expect(normal(fixture('checkboxes', 'with error message'))).toContain(
      normal(ErrorMessage({ id, message: 'Please select an option' })),
    );
  });

  it('a text field with an error', () => {
    const expected = normal(fixture('input', 'with error message')).replace(
      /input-with-error-message|test-name-3/g,
      'f-x',
    );
    const field = { name: 'x', label: 'National Insurance number', kind: 'line' as const };
    const error = 'Enter a National Insurance number in the correct format';
    const without = (html: string) => html.replace(/ (autocomplete|value|name|for|id|aria-describedby)="[^"]*"/g, '');
    expect(without(normal(FormField({ field, form: 'f', error })))).toBe(without(expected));
  });

  it('details', () => {
    const [, summary = ''] = /summary-text">([^<]*)</.exec(normal(fixture('details', 'default'))) ?? [];
    const [, text = ''] = /details__text">([^<]*)</.exec(normal(fixture('details', 'default'))) ?? [];
    expect(normal(Details({ summary, children: text })).replaceAll('&#39;', "'")).toBe(
      normal(fixture('details', 'default')).replaceAll('&#39;', "'"),
    );
  });

  it('exit this page', () => {
    const ours = normal(ExitButton())
      .replace(`href="${ELSEWHERE}"`, 'href="/full-page-examples/announcements"')
      .replace(' ping="/leave"', '');
    expect(ours).toBe(normal(fixture('exit-this-page', 'default')));
  });
});

describe('the options of a question', () => {
  const html = (type: 'one of' | 'several of', given: string[] = []) =>
    String(AnswerFields({ question: makeQuestion('signs', type), given }));

  it('has an id for the error summary on its first input only', () => {
    expect(html('one of').match(/ id="q-signs"/g)).toHaveLength(1);
    expect(html('one of')).toMatch(/<input[^>]* id="q-signs" name="signs" type="radio" value="first"/);
  });

  it.each(['one of', 'several of'] as const)('always ends with "I don’t know" (%s)', (type) => {
    expect([...html(type).matchAll(/ value="(\w+)"/g)].at(-1)?.[1]).toBe('unknown');
  });

  it('keeps what was ticked', () => {
    expect(
      [...html('several of', ['second', 'unknown']).matchAll(/value="(\w+)" checked/g)].map(([, value]) => value),
    ).toEqual(['second', 'unknown']);
  });

  it('lets "none of these" stand alone, and "I don’t know" beside ticks', () => {
    expect(
      [...html('several of').matchAll(/value="(\w+)" data-behaviour="exclusive"/g)].map(([, value]) => value),
    ).toEqual(['none']);
  });
});
