/** The area's fields of the record: all of a form at once, and only what changed is written. Pure. */

import { LONGEST_TEXT } from '../base/text.ts';
import type { DeskHappening } from '../consultation/desk-happening.ts';
import type { Entry, Refusal } from '../consultation/entry.ts';
import { type Form, invalid, Reader } from '../consultation/recording.ts';
import type { DeskField } from '../flow/desk.ts';
import { type DeskCase, readDeskCase } from './desk-case.ts';
import { refuseUnless } from './transitions.ts';

type Recorded = Extract<DeskHappening, { kind: 'field recorded' }>;
const SHORT = 300;

/** Names of the inputs. */
export const valueName = (field: string) => `field-${field}`;
export const reasonName = (field: string) => `reason-${field}`;

export function fillIn(entries: readonly Entry[], fields: readonly DeskField[], form: Form): Recorded[] | Refusal {
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'write');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const reader = new Reader(form);
  const sent = fields.filter(({ id }) => Object.hasOwn(form, valueName(id)) || Object.hasOwn(form, reasonName(id)));
  const recorded = sent.flatMap((field) =>
    readField(reader, deskCase, field, Object.hasOwn(form, valueName(field.id))),
  );
  return Object.keys(reader.wrong).length > 0 ? invalid(reader) : recorded;
}

/** A choice without a selection is not sent by the browser: then the earlier value stays. */
function readField(reader: Reader, { fields }: DeskCase, field: DeskField, chosen: boolean): Recorded[] {
  const known = fields[field.id];
  const longest = field.type === 'long text' ? LONGEST_TEXT : SHORT;
  const value = chosen ? reader.text(valueName(field.id), longest) : (known?.value ?? '');
  const reason = reader.text(reasonName(field.id), LONGEST_TEXT);
  if (value === '' && known === undefined) {
    if (reason !== '') reader.wrong[valueName(field.id)] = `Answer it too, not only the reason: ${field.label}`;
    return [];
  }
  const wrong = value === '' ? undefined : checkValue(field, value);
  if (wrong !== undefined) reader.wrong[valueName(field.id)] = wrong;
  if (reason === '' && needsReason(field, value))
    reader.wrong[reasonName(field.id)] = `Write the reason. The record needs it: ${field.label}`;
  if ((known?.value ?? '') === value && (known?.reason ?? '') === reason) return [];
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

/** Fields that this outcome needs and that are still empty. */
export function missingFor(outcome: string, fields: readonly DeskField[], { fields: known }: DeskCase): DeskField[] {
  return fields.filter((field) => field.neededFor.includes(outcome) && (known[field.id]?.value ?? '') === '');
}
