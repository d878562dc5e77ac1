/**
 * Finds lines that send readers to somebody who may be themselves, such as "Ask MASH", read by the duty worker at MASH.
 * Such a line has to say `to` that reader, or leave the name to the contact beside it, which is left out for that
 * reader automatically.
 */

import type { Located } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import type { RawLine } from '../language/schema.ts';
import { FRONT_DOOR, findIn, knownIn, resolveContact, type Scope } from '../language/scope.ts';
import type { Problem } from '../problem.ts';

/** A name in the words of a line, and who answers under that name. */
interface Named {
  name: string;
  readers: string[];
}

/** Words that send the reader to the person or service named after them. */
const VERBS = 'ask|ring|tell|telephone|talk to|talk it through with|refer to|wait for';

export function checkAddressed(scope: Scope): Problem[] {
  const named = namesOf(scope);
  if (named.length === 0) return [];
  return linesOf(scope).flatMap(({ located, words, key }) => {
    const found = named.find(({ name, readers }) => addresses(words, name) && !coversAll(located.value.to, readers));
    if (found === undefined) return [];
    const readers = found.readers.join(', ');
    const message = `the words send the reader to "${found.name}", and the reader can be just that (${readers}). Add "to: [${readers}]", so that the line is left out then; or leave the name to the contact beside it, if the rest holds for everybody.`;
    return [problemIn(located.document, [...located.path, key], message)];
  });
}

function addresses(words: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\\b(${VERBS}) (the |your )?${escaped}\\b`, 'i').test(words);
}

function coversAll(to: string[] | undefined, readers: string[]): boolean {
  return readers.every((reader) => to?.includes(reader));
}

/** The names of every contact that can be the reader, in full and abbreviated. */
function namesOf(scope: Scope): Named[] {
  const { area } = scope.own;
  const contacts = [...new Set(knownIn(scope, 'contacts').map((id) => resolveContact(scope, id)))];
  return contacts.flatMap((id) => {
    const { name, to: readers = [] } = findIn(scope, 'contacts', id)?.value ?? { name: '' };
    if (readers.length === 0) return [];
    const [, short] = /\(([^)]+)\)$/.exec(name) ?? [];
    const isFrontDoor = id === resolveContact(scope, FRONT_DOOR);
    const called =
      isFrontDoor && area !== undefined
        ? [area.value['front door is called'], "children's social care", 'social care']
        : [];
    const names = [name.replace(/ \([^)]*\)$/, ''), ...(short === undefined ? [] : [short]), ...called];
    const prefix = new RegExp(`^(the|your|${area?.value.name ?? 'the'}) `, 'i');
    return names.map((one) => ({ name: one.replace(prefix, ''), readers }));
  });
}

interface Worded {
  located: Located<RawLine>;
  words: string;
  key: string;
}

/**
 * Lines that address the reader. Ends are not among them: with `acts themselves` they say what such readers do instead.
 */
function linesOf({ own }: Scope): Worded[] {
  const advice = [...own.flows.values()].flatMap(({ steps }) =>
    steps.flatMap((step): Worded[] =>
      step.kind === 'advise' ? [{ located: step, words: step.value.text, key: 'text' }] : [],
    ),
  );
  const record = [...own.record.values()].map((line) => ({ located: line, words: line.value.write, key: 'write' }));
  return [...advice, ...record];
}
