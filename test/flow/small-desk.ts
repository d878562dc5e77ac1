/** The small area with a duty desk, half of which is defined by the national content. */
import { DESK_DECISIONS } from '../../server/flow/desk-decisions.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { town } from './small-content.ts';

const AREA = `area: national
name: Everywhere
front door: police
front door is called: the police
reference letter: N
scale: { 1: One }
doors:
  ring:
    title: Ring
    for: public
`;

const SOURCES = `sources:
  NAT:
    title: National
    publisher: N
    published: undated
    paragraphs: { 1: One, 2: Two }
`;

const CONTACTS = `contacts:
  police:
    name: Police
    phones: [{ number: 101 }, { number: 999 }]
    email: police@example.org
    for: Danger
    cite: NAT 1
    checked on: not checked
`;

const RING = `flow: ring
title: Ring
cite: NAT 1
steps:
  - end: ring_now
    action: Ring
    within: today
    contacts: [front_door]
    cite: NAT 1
`;

const TIMETABLE = `next:
  visit:
    do: Visit
    who: The desk
    whose: others
    with: police
    within: 3 days
    cite: NAT 1
  letter:
    do: Write
    who: The desk
    whose: others
    cite: NAT 2
`;

const counted = (id: string, counts: string) => `  ${id}:
    label: The ${counts}
    type: one of
    options: { this: This, not_known: Not known }
    counts: ${counts}
    cite: NAT 1
`;

const outcome = (id: string) => `  ${id}:
    label: As ${id}
    for the referrer: Who does ${id}
    keep: 6 years
    cite: NAT 2
`;

/** One outcome that needs a reason, followed by all others: a new one is added automatically, at the end. */
const NATIONAL_DESK = `fields:
${counted('concern', 'concern')}${counted('age', 'age')}${counted('gender', 'gender')}${counted('ethnicity', 'ethnicity')}${counted('incident', 'incident')}${counted('looked_after', 'looked after')}outcomes:
  no_further_action:
    label: Nothing more
    for the referrer: Nobody does anything
    reason: needed
    keep: 1 year
    cite: NAT 2
${DESK_DECISIONS.filter((id) => id !== 'no_further_action')
  .map(outcome)
  .join('')}`;

const DESK = `desk:
  claim within: 1 hour
  answer within: 2 days
  at once is late after: 30 minutes
  note: A proposal.
  cite: DOC 1
fields:
  told:
    label: Were the parents told?
    hint: If not, why not
    type: yes or no
    needed for: [early_help, urgent_route]
    reason for: no
    levels: [2, 3]
    flows: worry
    cite: DOC 1
  course:
    label: What was agreed
    type: long text
    needed for: every outcome
    reason for: any answer
    cite: DOC 2
  home:
    label: Where the child lives
    type: one of
    options: { here: Here, not_known: Not known }
    counts: residence
    cite: DOC 2

outcomes:
  early_help:
    label: Early help
    for the referrer: You plan
    hint: A plan
    reason: needed
    decided by: The manager
    reviewed by: operational manager
    next: [visit, letter]
    tell within: 1 day
    keep: 2 years
    cite: DOC 2

retention:
  from: the outcome
  without an outcome: 5 years
  never asked: 1 year
  searches: 6 months
  note: To be confirmed.
  cite: DOC 1

dispute:
  steps:
    talk:
      do: Talk
      who: Both
      with: front_door
      within: 1 day
      cite: DOC 2
    more:
      do: Talk more
      who: Everybody
      cite: DOC 1
  message: About {reference} of {date}, {outcome}, by {decided by}, until {answer by}.
`;

type Changes = Record<string, (text: string) => string>;

/** `changes`: by file, such as `town/desk.yaml`. */
export function deskTown(changes: Changes = {}): ContentFile[] {
  const national = {
    'area.yaml': AREA,
    'sources.yaml': SOURCES,
    'contacts.yaml': CONTACTS,
    'timetable.yaml': TIMETABLE,
  };
  const more = { ...national, 'ring.yaml': RING, 'desk.yaml': NATIONAL_DESK };
  const files = [
    ...town({ 'desk.yaml': DESK }),
    ...Object.entries(more).map(([name, text]) => ({ folder: 'national', name, text })),
  ];
  for (const path of Object.keys(changes))
    if (!files.some(({ folder, name }) => `${folder}/${name}` === path)) throw new Error(`no file is called ${path}`);
  return files.map((file) => ({ ...file, text: changes[`${file.folder}/${file.name}`]?.(file.text) ?? file.text }));
}
