/** Compiles contacts, sources, next steps, record lines, definitions and meanings. */

import type { Contact, Definition, Meaning, NextStep, RecordLine, Source } from '../flow.ts';
import { type OpeningHours, WEEKDAYS } from '../opening-hours.ts';
import type { Compiler } from './compile.ts';
import type { Content, Located } from './content.ts';

type Item<T extends 'contacts' | 'sources' | 'next' | 'record' | 'definitions' | 'meanings'> = NonNullable<
  ReturnType<Content[T]['get']>
>;

export function compileContact(compiler: Compiler, item: Item<'contacts'>): Contact {
  const raw = item.value;
  const cite = compiler.cite(raw.cite, item, ['cite']);
  const listed = (raw.phones ?? []).map((phone, index) => ({
    number: phone.number,
    ...describeLabel(phone),
    cite: phone.cite === undefined ? cite : compiler.cite(phone.cite, item, ['phones', index, 'cite']),
  }));
  return {
    id: item.id,
    name: raw.name,
    phones: raw.phone === undefined ? listed : [{ number: raw.phone, cite }, ...listed],
    ...(raw.email !== undefined && { email: raw.email }),
    ...(raw.web !== undefined && { web: raw.web }),
    ...(raw['web is for'] !== undefined && { webIsFor: raw['web is for'] }),
    ...(raw.hours !== undefined && { hours: raw.hours }),
    ...(raw.open !== undefined && { open: openingHours(raw.open) }),
    for: raw.for,
    cite,
    ...(raw['checked on'] !== 'not checked' && { checkedOn: raw['checked on'] }),
    ...(raw.checked !== undefined && { checked: raw.checked }),
    ...(raw.conflict !== undefined && { conflict: raw.conflict }),
    ...(raw.note !== undefined && { note: raw.note }),
    ...(raw['reached through'] !== undefined && { reachedThrough: raw['reached through'] }),
    ...compiler.line(item),
  };
}

function openingHours(raw: NonNullable<Item<'contacts'>['value']['open']>): OpeningHours {
  if (typeof raw === 'string') return raw;
  return raw.map(({ days, from, to }) => {
    const [first = '', last = first] = days.split(' to ');
    const number = (day: string) => (WEEKDAYS as readonly string[]).indexOf(day) + 1;
    return { from: number(first), to: number(last), opens: from, closes: to };
  });
}

/** A dialled number can be longer than the printed one. The label shows both, for readers who know it from the document. */
function describeLabel(phone: { label?: string | undefined; 'printed as'?: string | undefined }): { label?: string } {
  const printed = phone['printed as'];
  const words = [
    ...(phone.label === undefined ? [] : [phone.label]),
    ...(printed === undefined ? [] : [`printed as ${printed}, without its area code`]),
  ];
  return words.length === 0 ? {} : { label: words.join('; ') };
}

export function compileSource(item: Located<Item<'sources'>['value']>): Source {
  const raw = item.value;
  return {
    id: item.id,
    title: raw.title,
    publisher: raw.publisher,
    published: raw.published,
    ...(raw['review due'] !== undefined && { reviewDue: raw['review due'] }),
    ...(raw.checked !== undefined && { checked: raw.checked }),
    ...(raw['in force from'] !== undefined && { inForceFrom: raw['in force from'] }),
    ...(raw['replaced by'] !== undefined && { replacedBy: raw['replaced by'] }),
    ...(raw.note !== undefined && { note: raw.note }),
    ...(raw.web !== undefined && { web: raw.web }),
    paragraphs: raw.paragraphs,
  };
}

export function compileNext(compiler: Compiler, item: Item<'next'>): NextStep {
  const raw = item.value;
  return {
    id: item.id,
    do: raw.do,
    who: raw.who,
    whose: typeof raw.whose === 'string' ? raw.whose : compiler.readers(raw.whose, item, ['whose']),
    ...(raw.with !== undefined && { with: compiler.name('contacts', raw.with, item, ['with']) }),
    ...(raw.within !== undefined && { within: raw.within }),
    ...(raw.from !== undefined && { from: raw.from }),
    ...(raw.note !== undefined && { note: raw.note }),
    cite: compiler.cite(raw.cite, item, ['cite']),
    ...compiler.line(item),
  };
}

export function compileRecordLine(compiler: Compiler, item: Item<'record'>): RecordLine {
  const cite = compiler.cite(item.value.cite, item, ['cite']);
  return { id: item.id, write: item.value.write, cite, ...compiler.line(item) };
}

export function compileMeaningEntry(compiler: Compiler, item: Item<'meanings'>): Meaning {
  const { says, kind, 'acts themselves': acts, 'to parents': toParents } = item.value;
  const cite = compiler.cite(item.value.cite, item, ['cite']);
  const entry = { id: item.id, says, kind, cite, ...(toParents !== undefined && { toParents }) };
  if (acts === undefined) return entry;
  const path = ['acts themselves'];
  const actsThemselves = {
    action: acts.action,
    text: acts.text,
    contacts: compiler.nameAll('contacts', acts.contacts, item, [...path, 'contacts']),
    cite: compiler.cite(acts.cite, item, [...path, 'cite']),
  };
  return { ...entry, actsThemselves };
}

export function compileDefinition(compiler: Compiler, item: Item<'definitions'>): Definition {
  const { term, text, also } = item.value;
  return { id: item.id, term, text, cite: compiler.cite(item.value.cite, item, ['cite']), also: also ?? [] };
}
