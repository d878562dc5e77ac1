/**
 * Describes what was typed into a form in the words of that form, for people who read it without the form around it.
 */
import type { WrittenLine } from '../../../views/kit/written-fields.tsx';
import type { Field } from '../../consultation/form-field.ts';
import { isListed } from './form-inputs.ts';
import { formIn, readAttribute, readText } from './refill.ts';

/** `names`: ids in the form → words for them, such as the name of a colleague. */
export function linesOf(
  values: URLSearchParams,
  fields: readonly Field[],
  names: ReadonlyMap<string, string> = new Map(),
): WrittenLine[] {
  // A question is sent together with its id.
  const isId = (name: string, value: string) => name === 'question' && fields.some((field) => field.name === value);
  return [...values]
    .filter(([name, value]) => isListed(name) && !isId(name, value) && value.trim() !== '')
    .map(([name, value]) => ({
      label: labelOf(name, fields, names),
      words: wordsOf(name, value, fields) ?? names.get(value) ?? value,
    }));
}

/** On the handover page, the name of the input beside a consultation contains that consultation's id. */
function labelOf(name: string, fields: readonly Field[], names: ReadonlyMap<string, string>): string {
  const field = fields.find((known) => known.name === name);
  if (field !== undefined) return field.label.replace(/ \(can stay empty\)$/, '');
  const of = names.get(/^reason-([\w-]{22})$/.exec(name)?.[1] ?? '');
  if (of !== undefined) return `What they should know about ${of}`;
  return name.replace(/^(field|reason)-/, '').replaceAll(/[_-]/g, ' ');
}

function wordsOf(name: string, value: string, fields: readonly Field[]): string | undefined {
  const choices = fields.filter((known) => known.name === name).flatMap(({ choices = [] }) => choices);
  return choices.find(([id]) => id === value)?.[1];
}

/** The fields of a form, as its page labels them. It parses HTML as hono/jsx writes it. */
export function fieldsOnPage(html: string, form: string): Field[] {
  const shown = formIn(html, form);
  if (shown === undefined) return [];
  const labels = new Map(
    [...shown.matchAll(/<label\b([^>]*)>([\s\S]*?)<\/label>/g)].map(([, tag = '', words = '']) => [
      readAttribute(` ${tag}`, 'for'),
      plain(words),
    ]),
  );
  const fields = new Map<string, Field & { choices: [string, string][] }>();
  for (const { 0: tag, index } of shown.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)) {
    const [name, type] = [readAttribute(tag, 'name'), readAttribute(tag, 'type')];
    if (name === undefined || type === 'hidden') continue;
    const label = labels.get(readAttribute(tag, 'id')) ?? '';
    const isChoice = type === 'radio' || type === 'checkbox';
    const field = fields.get(name) ?? { name, label, kind: isChoice ? 'choice' : 'text', choices: [] };
    if (isChoice && !fields.has(name)) field.label = legendBefore(shown, index) ?? label;
    if (isChoice) field.choices.push([readAttribute(tag, 'value') ?? 'on', label]);
    if (tag.startsWith('<select')) field.choices.push(...optionsAfter(shown, index));
    fields.set(name, field);
  }
  return [...fields.values()];
}

/** The legend of the group to which the choice belongs. */
function legendBefore(html: string, index: number): string | undefined {
  const before = html.slice(0, index);
  const group = before.lastIndexOf('<fieldset');
  if (group === -1 || group < before.lastIndexOf('</fieldset>')) return undefined;
  const legend = /<legend\b[^>]*>([\s\S]*?)<\/legend>/.exec(before.slice(group))?.[1];
  return legend === undefined ? undefined : plain(legend);
}

function optionsAfter(html: string, index: number): [string, string][] {
  const list = html.slice(index, html.indexOf('</select>', index));
  return [...list.matchAll(/<option\b([^>]*)>([^<]*)/g)].map(([, tag = '', words = '']) => [
    readAttribute(` ${tag}`, 'value') ?? words,
    plain(words),
  ]);
}

function plain(html: string): string {
  return readText(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}
