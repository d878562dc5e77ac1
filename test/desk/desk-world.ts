/** A desk for tests: real content, a real database, and entries made by the desk's actions. */

import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Who } from '../../server/consultation/desk-happening.ts';
import type { Author, Entry, Happening, Refusal } from '../../server/consultation/entry.ts';
import { isRefusal } from '../../server/consultation/entry.ts';
import { createRecord } from '../../server/consultation/record.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { loadReal } from '../real-content.ts';

export const library = loadReal();

export const NOW = { at: '2026-11-20T10:00:00.000Z', today: '2026-11-20' };
export const AMINA: Who = { id: 'amina', name: 'Amina Shah', role: 'duty worker' };
export const TOM: Who = { id: 'tom', name: 'Tom Reid', role: 'duty worker' };
export const MAY: Who = { id: 'may', name: 'May Okoro', role: 'operational manager' };

/** Bolton's fields as a duty worker may send them, for a consultation about exploitation. */
export const EXPLOITATION_FIELDS = {
  'field-signs': 'A new phone and a hotel card',
  'field-cumulative': 'cumulative',
  'field-open_to_social_care': 'yes',
  'reason-open_to_social_care': 'J. Smith, child in need',
  'field-concern': 'criminal_exploitation',
  'field-nrm': 'to_be_made',
  'reason-nrm': 'With the police, today',
  'field-advice_given': 'The information sheet',
};

export function deskOf(area: string) {
  const desk = library.areas.get(area)?.desk;
  if (desk === undefined) throw new Error(`no desk in ${area}`);
  return desk;
}

/** Returns the flow of Bolton’s consultation, whatever version is asked for. */
export const findFlow = () => library.areas.get('bolton')?.flows.get('consultation');

export function entryOf(number: number, what: Happening, author: Author, at = NOW.at): Entry {
  return { number, at, ...author, what };
}

/** Entries to which each action appends. A refusal fails the test. */
export function createCase(area = 'bolton', flow = 'consultation') {
  const entries: Entry[] = [];
  const add = (happenings: readonly Happening[] | Refusal, who?: Who, at = NOW.at) => {
    if (isRefusal(happenings)) throw new Error(JSON.stringify(happenings));
    const author: Author = who === undefined ? { by: 'professional' } : { by: 'duty worker', who };
    for (const what of happenings) entries.push(entryOf(entries.length + 1, what, author, at));
    return happenings;
  };
  add([{ kind: 'opened', area, flow, version: 'v1', reference: 'L 12 34 56 78 9' }]);
  return { entries, add, desk: deskOf(area) };
}

/** The record of Bolton's consultation, as the exports get it. */
export function recordOf(entries: readonly Entry[]) {
  const flow = findFlow();
  if (flow === undefined) throw new Error('no flow');
  const consultation = readConsultation('c', entries);
  const work = readDeskCase(entries);
  const position = walk(flow, consultation.answers);
  return createRecord({ consultation, flow, position, printedAt: NOW.at, desk: work && { work, fields: [] } });
}
