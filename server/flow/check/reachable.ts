/**
 * Checks that the contact that an end names first can be reached: by a number that can be dialled from anywhere, an
 * address, a web page, or through somebody who can be reached.
 */

import type { Content, Located } from '../language/content.ts';
import { type Path, problemIn } from '../language/read.ts';
import { describeMissing, findIn, resolveContact, type Scope } from '../language/scope.ts';
import type { Problem } from '../problem.ts';

/** What `reached through` says about somebody whom only the reader can find, such as their own manager. */
const OWN_ORGANISATION = 'your own organisation';

type Contact = NonNullable<ReturnType<Content['contacts']['get']>>;

export function checkReachable(scope: Scope): Problem[] {
  return [...checkFirstContacts(scope), ...checkReachedThrough(scope)];
}

function checkFirstContacts(scope: Scope): Problem[] {
  return contactLists(scope.own).flatMap(({ located, path, ids }) =>
    firstOf(scope, ids)
      .filter((contact) => !hasOwnWay(contact) && !isReachedThrough(scope, contact))
      .map(({ id }) => {
        const message = `"${id}" can stand first here, and nobody could reach it. Give it a number with its area code, an address or a page, say whom it is "reached through", or name another contact first.`;
        // If the meanings cannot be read, it is unknown which readers have contacts of their own.
        return problemIn(located.document, [...located.path, ...path], { missing: message });
      }),
  );
}

/** The contacts of each end, and those that a reader gets instead of themselves. */
function contactLists({ flows, meanings }: Content): { located: Located<unknown>; path: Path; ids: string[] }[] {
  const ends = [...flows.values()].flatMap(({ steps }) => steps.filter((step) => step.kind === 'end'));
  return [
    ...ends.map((end) => ({ located: end, path: ['contacts'], ids: end.value.contacts })),
    ...[...meanings.values()].flatMap((meaning) => {
      const acts = meaning.value['acts themselves'];
      return acts === undefined ? [] : [{ located: meaning, path: ['acts themselves'], ids: acts.contacts }];
    }),
  ];
}

/** Every contact that can come first. Contacts before the first one that always makes sense can be left out. */
function firstOf(scope: Scope, ids: readonly string[]): Contact[] {
  const contacts = ids.flatMap((id) => findIn(scope, 'contacts', resolveContact(scope, id)) ?? []);
  const always = contacts.findIndex(
    ({ value }, index) =>
      value['only with'] === undefined &&
      (value.to === undefined || (index === 0 && value.to.every((reader) => actsThemselves(scope, reader)))),
  );
  return always < 0 ? contacts : contacts.slice(0, always + 1);
}

/** Whether readers of this kind get other contacts if they are the first contact themselves. */
function actsThemselves(scope: Scope, reader: string): boolean {
  return findIn(scope, 'meanings', reader)?.value['acts themselves'] !== undefined;
}

function hasOwnWay({ value: { phone, phones = [], email, web } }: Contact): boolean {
  return [phone, ...phones, email, web].some((way) => way !== undefined);
}

/** Whether `reached through` names somebody who can be reached directly, or whom only the reader can find. */
function isReachedThrough(scope: Scope, { value }: Contact): boolean {
  const through = value['reached through'];
  if (through === undefined || through === OWN_ORGANISATION) return through !== undefined;
  const other = findIn(scope, 'contacts', resolveContact(scope, through));
  return other !== undefined && hasOwnWay(other);
}

function checkReachedThrough(scope: Scope): Problem[] {
  return [...scope.own.contacts.values()].flatMap((contact) => {
    const through = contact.value['reached through'];
    if (through === undefined || isReachedThrough(scope, contact)) return [];
    const id = resolveContact(scope, through);
    const message =
      findIn(scope, 'contacts', id) === undefined
        ? describeMissing(scope, 'contacts', id)
        : `"${id}" has no number, address or page of its own. Name somebody who can be reached, or write "${OWN_ORGANISATION}".`;
    return [problemIn(contact.document, [...contact.path, 'reached through'], message)];
  });
}
