/**
 * The area's fields of the record. All fields of a form are sent together, and only those that changed are written.
 * Pure.
 */

import { describeInstant } from '../base/days.ts';
import { LONGEST_TEXT, saysSomething } from '../base/text.ts';
import type { DeskHappening } from '../consultation/desk-happening.ts';
import type { Entry, Refusal } from '../consultation/entry.ts';
import { type Form, invalid, Reader } from '../consultation/recording.ts';
import type { DeskField } from '../flow/desk.ts';
import { type DeskCase, readDeskCase } from './desk-case.ts';
import { refuseUnless } from './transitions.ts';

type Recorded = Extract<DeskHappening, { kind: 'field recorded' }>;
const SHORT = 300;

/**
 * Names of the inputs. The questions of a call also use the last two. `seenName`: the number of the entry that the page
 * showed. `keepName`: which value to keep when a colleague saved a different one.
 */
export const valueName = (field: string) => `field-${field}`;
export const reasonName = (field: string) => `reason-${field}`;
export const seenName = (field: string) => `seen-${field}`;
export const keepName = (field: string) => `keep-${field}`;

type FieldText = Pick<Recorded, 'value' | 'reason'>;
const EMPTY: FieldText = { value: '', reason: '' };

/** A field as it was sent, compared with what its page showed and with the present value. */
export interface SentField {
  sent: FieldText;
  /** Whether the sender changed it on their page. */
  isTouched: boolean;
  /** A different value that somebody else saved after the page was shown. */
  clash?: DeskCase['fields'][string];
}

/** A form without the entry number did not show the field, so an empty value does not clear it. */
export function compareField(entries: readonly Entry[], { fields }: DeskCase, field: DeskField, form: Form): SentField {
  const shown = findShown(entries, field.id, form[seenName(field.id)]);
  const reader = new Reader(form);
  // Browsers do not send a choice without a selection: it counts as unchanged.
  const read = (name: string, otherwise: string) =>
    Object.hasOwn(form, name) ? reader.text(name, Infinity) : otherwise;
  const sent = {
    value: read(valueName(field.id), shown.value),
    reason: read(reasonName(field.id), shown.reason),
  };
  const standing = fields[field.id];
  const keepsOther = standing !== undefined && form[keepName(field.id)] === String(standing.number);
  const isTouched = !isSameText(sent, shown) && !keepsOther;
  const hasChanged = standing !== undefined && !isSameText(standing, shown) && !isSameText(standing, sent);
  return { sent, isTouched, ...(isTouched && hasChanged && { clash: standing }) };
}

/** Names of the inputs of those fields that the sender did not change. */
export function unchangedInputs({ consultation: { entries }, deskCase, fields }: FieldsAsked, form: Form): string[] {
  return fields
    .filter((field) => !compareField(entries, deskCase, field, form).isTouched)
    .flatMap(({ id }) => [valueName(id), reasonName(id), seenName(id), keepName(id)]);
}

interface FieldsAsked {
  consultation: { entries: readonly Entry[] };
  deskCase: DeskCase;
  fields: readonly DeskField[];
}

function findShown(entries: readonly Entry[], field: string, seen: string | undefined): FieldText {
  const what = entries.find(({ number }) => String(number) === seen)?.what;
  return what?.kind === 'field recorded' && what.field === field ? what : EMPTY;
}

function isSameText(one: FieldText, other: FieldText): boolean {
  return one.value === other.value && one.reason === other.reason;
}

/**
 * Saves only what differs between what the page showed and what was sent. Other people's changes to other fields are
 * kept. If somebody else changed the same field, both values are shown and nothing is saved until the person chooses.
 */
export function fillIn(entries: readonly Entry[], fields: readonly DeskField[], form: Form): Recorded[] | Refusal {
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'write');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const reader = new Reader(form);
  const compared = fields.map((field) => ({ field, ...compareField(entries, deskCase, field, form) }));
  const touched = compared.filter(({ isTouched }) => isTouched);
  const clashes = touched.flatMap(({ field, clash }) =>
    clash === undefined ? [] : [[valueName(field.id), describeClash(clash)] as const],
  );
  const recorded = touched.flatMap(({ field, sent }) => readField(reader, deskCase, field, sent));
  if (clashes.length > 0)
    return { refused: 'conflict', message: CLASH, fields: { ...reader.wrong, ...Object.fromEntries(clashes) } };
  return Object.keys(reader.wrong).length > 0 ? invalid(reader) : recorded;
}

const CLASH = 'Somebody else changed the same field. Nothing was saved yet';

function describeClash({ who, at, label }: Recorded & { who?: { name: string }; at: string }): string {
  return `${who?.name ?? 'Somebody else'} changed this after you opened the page, ${describeInstant(at)}. Choose which text stands: ${label}`;
}

function readField(reader: Reader, { fields }: DeskCase, field: DeskField, { value, reason }: FieldText): Recorded[] {
  const known = fields[field.id] ?? EMPTY;
  reader.text(valueName(field.id), field.type === 'long text' ? LONGEST_TEXT : SHORT);
  reader.text(reasonName(field.id), LONGEST_TEXT);
  if (value === '' && known.value === '') {
    if (reason !== '') reader.wrong[valueName(field.id)] = `Answer it too, not only the reason: ${field.label}`;
    return [];
  }
  const wrong = value === '' ? undefined : checkValue(field, value);
  if (wrong !== undefined) reader.wrong[valueName(field.id)] = wrong;
  if (!saysSomething(reason) && needsReason(field, value))
    reader.wrong[reasonName(field.id)] = `Write the reason. The record needs it: ${field.label}`;
  if (isSameText(known, { value, reason })) return [];
  const words = value === '' ? 'taken back' : (field.options.find((option) => option.id === value)?.text ?? value);
  const { id, label, counts, listedAs } = field;
  const feeds = { ...(counts !== undefined && { counts }), ...(listedAs !== undefined && { listedAs }) };
  return [{ kind: 'field recorded', field: id, label, value, words, reason, ...feeds }];
}

function checkValue(field: DeskField, value: string): string | undefined {
  if (field.type === 'number')
    return /^\d{1,3}$/.test(value) ? undefined : `Write a whole number, or leave it empty: ${field.label}`;
  if (field.options.length === 0 || field.options.some((option) => option.id === value)) return undefined;
  return `Choose one of the answers: ${field.label}`;
}

export function needsReason(field: DeskField, value: string): boolean {
  return value !== '' && (field.reasonAlways || field.reasonFor.includes(value));
}

/** Fields that this outcome requires and that are still empty. */
export function missingFor(outcome: string, fields: readonly DeskField[], { fields: known }: DeskCase): DeskField[] {
  return fields.filter((field) => field.neededFor.includes(outcome) && (known[field.id]?.value ?? '') === '');
}
