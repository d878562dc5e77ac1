/** All contacts for the page "Contacts", in the order of need and without repeats. */
import { type ShownContact, showContact } from '../../consultation/result.ts';
import type { Library, LibraryArea } from '../../flow/check/library.ts';
import { NATIONAL } from '../../flow/national.ts';

export interface ContactGroup {
  id: string;
  title: string;
  contacts: ShownContact[];
  /** How many are shown at once, for somebody in a hurry. The others are one tap away. */
  inSight: number;
}

const EMERGENCY = '999';
/** For any worry, in this order. Each other national contact is for one kind of worry. */
const TO_TALK_TO = ['childline', 'nspcc', 'police_101', 'nhs_111'];

export function groupContacts(library: Library, today: string): ContactGroup[] {
  const national = library.areas.get(NATIONAL);
  const areas = [...library.areas.values()].filter((area) => area !== national && area.flows.size > 0);
  const shared = contactsOf(national, today);
  const councils = areas.map((area) => councilGroup(area, contactsOf(area, today), shared));
  const isOfCouncil = (contact: ShownContact) =>
    councils.some((group) => group.contacts.some((own) => isSame(own, contact)));
  const left = uniqueByName([...shared.values()]).filter((contact) => !isOfCouncil(contact));
  const now = left.filter(({ phones }) => phones.some(({ number }) => number === EMERGENCY));
  const talk = TO_TALK_TO.flatMap((id) => left.find((contact) => contact.id === id) ?? []);
  const rest = left.filter((contact) => !now.includes(contact) && !talk.includes(contact));
  return [
    { id: 'now', title: 'In danger now', contacts: now, inSight: now.length },
    { id: 'talk', title: 'Somebody to talk to, at once and anywhere', contacts: talk, inSight: talk.length },
    ...councils,
    { id: NATIONAL, title: 'England, for one kind of worry', contacts: rest, inSight: 0 },
  ].filter(({ contacts }) => contacts.length > 0);
}

/** The council's own contacts: the front door first, then who answers when it is closed. */
function councilGroup(
  { facts, ownContacts }: LibraryArea,
  named: ReadonlyMap<string, ShownContact>,
  shared: ReadonlyMap<string, ShownContact>,
): ContactGroup {
  const first = [facts.frontDoor, ...(facts.outOfHours === undefined ? [] : [facts.outOfHours])];
  const replacing = Object.values(ownContacts).filter((id) => !Object.hasOwn(ownContacts, id));
  const own = [...named.keys()].filter((id) => !shared.has(id));
  const ids = [...new Set([...first, ...own, ...replacing])];
  const contacts = uniqueByName(ids.flatMap((id) => named.get(id) ?? []));
  return { id: facts.id, title: facts.name, contacts, inSight: first.length };
}

/** Every contact named in some flow of the area. */
function contactsOf(area: LibraryArea | undefined, today: string): Map<string, ShownContact> {
  return new Map(
    [...(area?.flows.values() ?? [])].flatMap((flow) =>
      Object.keys(flow.contacts).map((id) => [id, showContact(flow, id, today)] as const),
    ),
  );
}

/** The public's words and the professionals' words can describe the same number; this page shows it once. */
function isSame(own: ShownContact, other: ShownContact): boolean {
  if (own.id === other.id) return true;
  const numbers = (contact: ShownContact) => contact.phones.map(({ number }) => number);
  const [mine, theirs] = [numbers(own), numbers(other)];
  return theirs.length > 0 && theirs.every((number) => number.length > 3 && mine.includes(number));
}

function uniqueByName(contacts: ShownContact[]): ShownContact[] {
  return [...new Map(contacts.map((contact) => [contact.name, contact] as const).reverse()).values()].reverse();
}
