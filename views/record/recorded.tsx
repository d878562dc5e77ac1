import type { Child } from 'hono/jsx';
import { describeInstant } from '../../server/base/days.ts';
import type { RecordNoun } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';

/** What the record holds already for a noun; empty when there is nothing yet. */
export function recordedLines(consultation: Consultation, noun: RecordNoun): Child[] {
  const { told, asker, child, consent, parents, police, decided, shared, notes, corrections } = consultation;
  switch (noun) {
    case 'tellings':
      return told === undefined
        ? []
        : [
            `${told.spokeTo}, ${told.when}. ${told.reference === '' ? 'No reference given.' : `Reference: ${told.reference}`}`,
          ];
    case 'asker':
      return asker === undefined ? [] : [describeAsker(asker.asker)];
    case 'child':
      return child === undefined ? [] : [describeChild(child)];
    case 'consents':
      return consent === undefined ? [] : [withReason(consent.consent, consent.reason)];
    case 'parents':
      return parents === undefined ? [] : [withReason(parents.parents, parents.reason)];
    case 'police':
      return police === undefined
        ? []
        : [withReason(police.referred === 'yes' ? 'passed on' : 'not passed on', police.reason)];
    case 'decisions':
      return decided === undefined
        ? []
        : [
            withReason(
              `${decided.asAdvised === 'yes' ? 'As advised' : 'Otherwise than advised'}: ${decided.decision}`,
              decided.reason,
            ),
          ];
    case 'sharings':
      return shared.map(({ what, withWhom, purpose }) => `${what}. With: ${withWhom}. For: ${purpose}`);
    case 'notes':
      return notes.map((note) => (
        <>
          <span class="fd-entry__when">{describeInstant(note.at)}</span> {note.text}
        </>
      ));
    case 'corrections':
      return corrections.map(({ corrects, text, reason }) =>
        withReason(`Entry ${corrects} should say: ${text}`, reason),
      );
  }
}

function describeChild({ known, name }: NonNullable<Consultation['child']>): string {
  if (name !== '') return known === 'yes' ? name : `${name}. Who the child is, is not certain`;
  return known === 'yes' ? 'Known to you, and not named here' : 'Not known';
}

function describeAsker({ name, role, agency, contact }: NonNullable<Consultation['asker']>['asker']): string {
  return [name, role, agency, contact].filter(Boolean).join(', ') || 'No name given';
}

function withReason(words: string, reason: string): string {
  const start = capitalise(words);
  return reason === '' ? start : `${start}. Why: ${reason}`;
}
