/**
 * The other children of the household. Each is recorded by a person, with an age and a decision, beside the child whom
 * the questions are about; the answers do not change. A child's level can raise the level that the outcome is compared
 * with, and never lowers it. Pure.
 */
import { isInWords, LONGEST_TEXT, saysSomething } from '../base/text.ts';
import type { DeskHappening } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import type { Field } from '../consultation/form-field.ts';
import { type Form, happeningOrRefusal, Reader } from '../consultation/recording.ts';
import { type Desk, type DeskDecision, findOutcome } from '../flow/desk.ts';
import type { Flow } from '../flow/flow.ts';
import { countersignBy, signersOf } from './countersigning.ts';
import type { Now } from './deadlines.ts';
import { type HouseholdChild, readDeskCase } from './desk-case.ts';
import { paceOf } from './pace.ts';
import { isAsConsultation } from './signers.ts';
import { refuseUnless } from './transitions.ts';

interface HouseholdContext {
  form: Form;
  flow: Flow;
  desk: Desk;
  now: Now;
}

type Recorded = Extract<DeskHappening, { kind: 'household child recorded' }>;

/** Adds a child, or updates one who is already recorded. */
export function recordChild(entries: readonly Entry[], context: HouseholdContext): Happening[] | Refusal {
  const { form, flow, desk } = context;
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'write');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const known = deskCase.household.find(({ child }) => child === form.child);
  if ((form.child ?? '') !== '' && known === undefined) return GONE;
  const isClosed = deskCase.state === 'closed';
  const recorded = readChild(reader, flow, desk);
  const { level, levelWords, note } = recorded;
  // If no outcome is chosen for the child, the outcome of the consultation holds for them too.
  const holds = findOutcome(desk, recorded.outcome || (isClosed && deskCase.outcome?.outcome) || '');
  const departs = holds?.departsAt.includes(level) === true;
  if (holds !== undefined)
    checkOutcome(reader, holds, { departs, levelWords, note, isTop: level === flow.area.scale.length });
  const isSame = (one: HouseholdChild) =>
    Object.entries(recorded).every(([key, value]) => one[key as 'name'] === value);
  // A form that is sent twice adds one child. Twins without names are told apart by a note.
  if (known === undefined ? deskCase.household.some(isSame) : isSame(known)) return [];
  const child = known?.child ?? `child_${entries.length + 1}`;
  const signers =
    holds === undefined || (isAsConsultation(recorded) && !departs) ? [] : signersOf(holds, departs, desk);
  return happeningOrRefusal(reader, {
    kind: 'household child recorded',
    child,
    ...recorded,
    ...(signers.length > 0 && { signers }),
    ...(signers.length > 0 &&
      isClosed && {
        deadlines: [
          countersignBy(
            { child, age: recorded.age, words: holds?.label ?? '' },
            { ...context, pace: paceOf(context.flow, entries) },
          ),
        ],
      }),
  } satisfies Recorded);
}

/** What the form says about the child. `level` is 0, and `outcome` empty, if none was chosen. */
function readChild(reader: Reader, flow: Flow, desk: Desk) {
  const level = Number(reader.text('childLevel') || 0);
  const levelWords = flow.area.scale[level - 1] ?? '';
  if (level !== 0 && levelWords === '') reader.wrong.childLevel = 'Choose one of the levels, or none';
  const outcome = findOutcome(desk, reader.text('childOutcome'));
  if (outcome?.needsReason && level === 0)
    reader.wrong.childLevel = `“${outcome.label}” is never chosen out of doubt. Choose the level of this child first`;
  return {
    name: reader.text('name'),
    age: reader.must('age', 'Write the age, such as 7, 8 months, unborn, or “not known”'),
    level,
    levelWords,
    outcome: outcome?.id ?? ('' as const),
    outcomeWords: outcome?.label ?? '',
    note: reader.text('note', LONGEST_TEXT),
  };
}

/**
 * The same rule as for the child whom the questions are about: doing less than the level calls for needs a reason, and
 * at the top of the scale a confirmation.
 */
function checkOutcome(
  reader: Reader,
  { id, label, needsReason }: DeskDecision,
  { departs, levelWords, note, isTop }: { departs: boolean; levelWords: string; note: string; isTop: boolean },
): void {
  if (departs && !isInWords(note))
    reader.wrong.note = `“${label}” is other than advised for “${levelWords}”: write why, in words`;
  else if (reader.text('childOutcome') === id && needsReason && !saysSomething(note))
    reader.wrong.note = `Write the reason: “${label}” needs one`;
  if (departs && isTop && reader.text('childMeant') !== 'yes')
    reader.wrong.childMeant = `This child is at “${levelWords}”. Is “${label}” meant? Say so here, or choose another outcome`;
}

const GONE: Refusal = {
  refused: 'conflict',
  message: 'This child was taken out of the list meanwhile. Nothing was saved; what you wrote is still here',
};

/** For a child who was recorded by mistake. The entries stay, but the child no longer counts. */
export function removeChild(
  entries: readonly Entry[],
  { form }: Pick<HouseholdContext, 'form'>,
): Happening[] | Refusal {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'write');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const known = deskCase.household.find(({ child }) => child === form.child);
  if (known === undefined) return [];
  const reason = reader.must('reason', 'Write why this child does not belong here', LONGEST_TEXT);
  return happeningOrRefusal(reader, { kind: 'household child removed', child: known.child, age: known.age, reason });
}

/** The form for a child: empty for a new one. */
export function childFields(scale: readonly string[], desk: Desk, child?: HouseholdChild): Field[] {
  return [
    {
      name: 'name',
      label: 'Name',
      hint: 'Can stay empty: nobody has to name a child',
      kind: 'line',
      value: child?.name ?? '',
    },
    {
      name: 'age',
      label: 'Age',
      hint: 'Such as 7, 8 months, unborn, or “not known”',
      kind: 'line',
      value: child?.age ?? '',
    },
    {
      name: 'childLevel',
      label: 'Level for this child',
      hint: 'As you judge it. The questions were about the other child',
      kind: 'choice',
      choices: [['', 'Not judged yet'], ...scale.map((words, index) => [String(index + 1), words] as const)],
      value: child === undefined || child.level === 0 ? '' : String(child.level),
    },
    {
      name: 'childOutcome',
      label: 'What was decided for this child',
      kind: 'choice',
      choices: [
        ['', 'The same as for the consultation'],
        ...desk.outcomes.map(({ id, label }) => [id, label] as const),
      ],
      value: child?.outcome ?? '',
    },
    {
      name: 'note',
      label: 'What holds for this child',
      hint: 'What was seen or heard, and who does what. Only the desk reads it',
      kind: 'text',
      value: child?.note ?? '',
    },
    {
      name: 'childMeant',
      label: 'Only where the outcome is less than the highest level calls for: is it meant?',
      kind: 'choice',
      choices: [['yes', 'It is meant, and what I wrote says why']],
    },
  ];
}

/** The highest level of the children; 0 if no child has one. */
export function highestLevel(household: readonly Pick<HouseholdChild, 'level'>[]): number {
  return Math.max(0, ...household.map(({ level }) => level));
}

/** One line without names, for the queue. */
export function describeHousehold(household: readonly HouseholdChild[]): string {
  return household
    .map(({ age, levelWords, outcomeWords, signature }) => {
      const holds = [levelWords, signature?.signed === 'no' ? 'not signed, to be decided anew' : outcomeWords]
        .filter((words) => words !== '')
        .join(', ');
      const aged = /^\d/.test(age) ? `a child aged ${age}` : `a child, ${age}`;
      return holds === '' ? aged : `${aged} (${holds})`;
    })
    .join('; ');
}
