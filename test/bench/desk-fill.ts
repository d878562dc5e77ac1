/** Adds invented consultations over three years, ten entries each, through the store, so that all derived tables are filled too. */
import { randomBytes } from 'node:crypto';
import type { Happening } from '../../server/consultation/entry.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { DESK_DECISIONS } from '../../server/flow/desk-decisions.ts';
import { versionOf } from '../../server/flow/language/version.ts';
import type { BenchDesk } from './desk-app.ts';

const AREAS = ['bury', 'bolton', 'stockport'];
const AGENCIES = ['Elm School', 'Oak Surgery', 'Ash Youth Club', 'Birch Nursery', 'Rowan College'];
const PARTS = 'ka lo mi ren du sta vel tor pi san gre fu hol bex wim dra nol tis par cul'.split(' ');
const BEGAN = Date.parse('2023-11-01T08:00:00Z');
const ENDS = Date.parse('2026-11-22T08:00:00Z');
const AT_ONCE = 256;
/** One in this many has not been answered yet. */
const OPEN_EVERY = 400;
/** One in this many names a second child. */
const HOUSEHOLD_EVERY = 10;

/** The same for the same number: 8,000 of them. */
export function word(number: number): string {
  const part = (digit: number) => PARTS[Math.floor(number / digit) % PARTS.length] ?? '';
  return `${part(1)}${part(20)}${part(400)}`;
}

const child = (number: number) => `${word(number * 13)} ${word(number * 7 + 3)}`;
const sentence = (number: number) =>
  Array.from({ length: 14 }, (_, index) =>
    index === 5 && number % 4 === 0 ? 'phone' : word(number * 17 + index * 331),
  ).join(' ');

export async function fill(desk: BenchDesk, consultations: number): Promise<void> {
  const flows = AREAS.map((area) => {
    const flow = [...(desk.library.areas.get(area)?.flows.values() ?? [])].find(
      ({ reader }) => reader === 'professional',
    );
    if (flow === undefined) throw new Error(`${area} has no flow`);
    return flow;
  });
  for (const flow of flows) await desk.store.versions.keep(versionOf(flow), flow);
  for (let from = 0; from < consultations; from += AT_ONCE) {
    desk.setClock(new Date(BEGAN + ((ENDS - BEGAN) * from) / consultations));
    const some = Array.from({ length: Math.min(AT_ONCE, consultations - from) }, async (_, index) => {
      const [number, flow] = [from + index, flows[(from + index) % flows.length] as (typeof flows)[number]];
      await desk.store.consultations.open({
        area: flow.area.id,
        flow: flow.id,
        version: versionOf(flow),
        by: { by: 'duty worker', who: { id: `w${number % 40}`, name: `Worker ${number % 40}`, role: 'duty worker' } },
        makeReference: () => makeReference(flow.area.referenceLetter, randomBytes),
        also: happenings(number, number % OPEN_EVERY !== 0),
      });
    });
    await Promise.all(some);
  }
  desk.setClock(new Date('2026-11-22T09:00:00.000Z'));
}

function happenings(number: number, closed: boolean): Happening[] {
  const agency = AGENCIES[number % AGENCIES.length] ?? '';
  const deadlines = [{ id: 'answer', do: 'Answer', who: 'the desk', by: '2026-11-25' }];
  const noted = (index: number): Happening => ({ kind: 'noted', text: sentence(number * 5 + index) });
  const asker = { name: `${word(number)} Smith`, role: 'teacher', agency, contact: '0161 496 0001' };
  return [
    { kind: 'taken by telephone', reach: '0161 496 0001', deadlines },
    { kind: 'claimed' },
    { kind: 'asker named', asker },
    { kind: 'child named', known: 'yes', name: child(number) },
    ...(number % HOUSEHOLD_EVERY === 0 ? [sibling(number)] : []),
    noted(1),
    noted(2),
    noted(3),
    ...(closed ? close(number) : [noted(4), noted(5)]),
  ];
}

function sibling(number: number): Happening {
  return {
    kind: 'household child recorded',
    child: 'child_6',
    name: child(number * 3 + 1),
    age: String(number % 17),
    level: 1 + (number % 4),
    levelWords: `Level ${1 + (number % 4)}`,
    outcome: '',
    outcomeWords: '',
    note: sentence(number * 5 + 9),
  };
}

function close(number: number): Happening[] {
  const outcome = DESK_DECISIONS[number % DESK_DECISIONS.length] ?? 'advice_only';
  const facts = {
    words: outcome,
    reason: sentence(number),
    decidedBy: 'A. Manager',
    level: 1 + (number % 4),
    advised: '',
  };
  return [
    { kind: 'outcome recorded', outcome, ...facts, deadlines: [] },
    { kind: 'referrer answered', how: 'by telephone', answer: sentence(number + 1) },
  ];
}
