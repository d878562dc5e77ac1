/** A small area of content for tests, as files; each test changes the part it is about. */
import type { ContentFile } from '../../server/flow/language/folder.ts';

export const TODAY = '2026-11-22';

const AREA = `
area: town
name: Town
front door: desk
front door is called: the desk
reference letter: T
scale:
  1: Level 1
  2: Level 2
  3: Level 3
doors:
  worry:
    title: I am worried
    for: professional
`;

const SOURCES = `
sources:
  DOC:
    title: The document
    publisher: Town
    published: undated
    paragraphs:
      1: The first
      2: The second
`;

const CONTACTS = `
contacts:
  desk:
    name: The desk
    phone: 0161 496 0000
    for: Every doubt
    cite: DOC 1
    checked on: not checked
`;

const WORRY = `
flow: worry
title: A worry
cite: DOC 1
steps:
  - ask: danger
    question: Is there danger?
    why: Danger comes first.
    type: yes or no
    unknown: { counts as: yes }
    cite: DOC 1

  - end: call
    when: { danger: yes }
    action: Call now
    within: at once
    level: 3
    contacts: [desk]
    cite: DOC 1

  - ask: signs
    question: Which signs?
    why: They tell the level.
    type: several of
    options:
      bruise: { text: A bruise, level: 3 }
      late: { text: Late, level: 2 }
    none: None of these
    unknown: { ask: desk, level: 2 }
    cite: DOC 2

  - end: refer
    when: { level: { at least: 3 } }
    action: Refer
    within: today
    contacts: [desk]
    cite: DOC 2

  - end: talk
    action: Talk to the desk
    within: no set time
    contacts: [desk]
    cite: DOC 2
`;

export const FILES = { 'area.yaml': AREA, 'sources.yaml': SOURCES, 'contacts.yaml': CONTACTS, 'worry.yaml': WORRY };

/** The small area with some files replaced or added, given as text or as a change of the present text. */
export function town(changes: Record<string, string | ((text: string) => string)> = {}): ContentFile[] {
  const files: Record<string, string> = { ...FILES };
  for (const [name, change] of Object.entries(changes))
    files[name] = typeof change === 'string' ? change : change(files[name] ?? '');
  return Object.entries(files).map(([name, text]) => ({ folder: 'town', name, text: text.trimStart() }));
}

/** Replaces text, and throws if it is not there: a test that changes nothing would test nothing. */
export function swap(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`not found: ${from}`);
    return text.replace(from, to);
  };
}

/** What is reported about the town without its area.yaml. */
export const AREA_IS_MISSING = {
  file: 'flows/town/area.yaml',
  line: 1,
  column: 1,
  message: 'the file is missing or broken. An area needs its area.yaml.',
  kind: 'error',
  cause: 'missing',
};
