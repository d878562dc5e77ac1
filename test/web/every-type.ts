/** An area beside the real ones, with a flow that has every type of question: the real flows have no dates and no texts yet. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ContentFile } from '../../server/flow/language/folder.ts';

const AREA = `
area: sampleton
name: Sampleton
front door: sample_desk
front door is called: the desk
reference letter: X
scale:
  1: Level 1
  2: Level 2
doors:
  every_type:
    title: Every type of question
    for: professional
  any_worry:
    title: Any worry
    for: professional
    main: yes
`;

const SOURCES = `
sources:
  SAM:
    title: The sample
    publisher: Sampleton
    published: undated
    paragraphs:
      1: All of it
`;

const CONTACTS = `
contacts:
  sample_desk:
    name: The desk
    phone: 0161 496 0000
    for: Every doubt
    cite: SAM 1
    checked on: not checked
`;

const FLOW = `
flow: every_type
title: Every type of question
cite: SAM 1
steps:
  - say: beforehand
    text: Something that is said first
    cite: SAM 1

  - ask: sample_yes
    question: Yes or no?
    why: To try it.
    type: yes or no
    means nothing of its own: It tries a type of question
    unknown: { counts as: yes }
    cite: SAM 1

  - ask: sample_one
    question: Which one?
    why: To try it.
    type: one of
    means nothing of its own: It tries a type of question
    options:
      red: Red
      blue: { text: Blue, level: 2, help: Like the sky }
    unknown: { ask: sample_desk }
    cite: SAM 1

  - ask: sample_several
    question: Which of these?
    why: To try it.
    type: several of
    means nothing of its own: It tries a type of question
    groups:
      warm:
        title: Warm
        options:
          sun: The sun
          fire: { text: A fire, level: 2 }
      cold:
        title: Cold
        options:
          snow: Snow
    none: None of these
    unknown: { ask: sample_desk }
    cite: SAM 1

  - ask: sample_number
    question: How many?
    why: To try it.
    type: number
    means nothing of its own: It tries a type of question
    from: 0
    to: 17
    unit: years
    unknown: { go on: It can be found out later. }
    cite: SAM 1

  - ask: sample_date
    question: On which day?
    why: To try it.
    type: date
    not after: today
    unknown: { go on: It can be found out later. }
    cite: SAM 1

  - ask: sample_short
    question: In a few words?
    why: To try it.
    type: short text
    unknown: { go on: It can be found out later. }
    cite: SAM 1

  - ask: sample_long
    question: At length?
    why: To try it.
    type: long text
    unknown: { go on: It can be found out later., label: I would rather not say }
    cite: SAM 1

  - end: sample_blue
    when:
      any of:
        - sample_one: blue
        - sample_several: { any of: [sun, fire, snow] }
        - sample_yes: yes
        - sample_number: { at least: 10 }
    action: Ring the desk at once
    within: at once
    contacts: [sample_desk]
    cite: SAM 1

  - end: sample_other
    action: Talk it through with the desk
    within: 7 working days
    contacts: [sample_desk]
    cite: SAM 1
`;

/**
 * What the national floor demands of an area's main door: danger first, and a question about every worry on its list.
 */
const { 'every main door hears': heard } = parse(readFileSync('flows/national/floor.yaml', 'utf8')) as {
  'every main door hears': string[];
};
const MAIN_DOOR = `
flow: any_worry
title: Any worry
cite: SAM 1
steps:
  - call: danger

  - ask: sample_worry
    question: Is there a worry?
    why: To try it.
    type: one of
    options:
      any: { text: Any worry, means: [${heard.join(', ')}] }
      other: { text: Another one, means nothing of its own: It tries a type of question }
    unknown: { go on: It can be found out later. }
    cite: SAM 1

  - end: sample_talk
    action: Talk it through with the desk
    within: today
    contacts: [sample_desk]
    cite: SAM 1
`;

export const everyTypeFiles: readonly ContentFile[] = [
  ['area.yaml', AREA],
  ['sources.yaml', SOURCES],
  ['contacts.yaml', CONTACTS],
  ['every_type.yaml', FLOW],
  ['any_worry.yaml', MAIN_DOOR],
].map(([name = '', text = '']) => ({ folder: 'sampleton', name, text }));
