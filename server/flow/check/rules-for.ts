/**
 * Kept apart from `library.ts`, which imports the YAML parser and all checks: the server needs neither to show a flow.
 */
import type { Flow } from '../flow.ts';
import { NATIONAL } from '../national.ts';
import type { Library, LibraryArea } from './library.ts';
import { appliesTo, type Rule, withOwnContacts } from './safety.ts';

/** The safety rules for a flow in this area: the area's own, and the national ones that name the flow. */
export function rulesFor(library: Library, area: LibraryArea, flow: Flow): Rule[] {
  const national = library.areas.get(NATIONAL);
  const shared = area === national ? [] : (national?.rules ?? []).filter((rule) => rule.flows?.includes(flow.id));
  return [...area.rules, ...shared]
    .filter((rule) => appliesTo(rule, flow))
    .map((rule) => withOwnContacts(rule, area.ownContacts));
}
