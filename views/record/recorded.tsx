import type { Child } from 'hono/jsx';
import { describeInstant } from '../../server/base/days.ts';
import type { RecordNoun } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { describeBefore } from '../../server/consultation/describe-before.ts';
import { authorOf, describeTeller } from '../../server/consultation/describe-entry.ts';
import { CorrectionsOf } from '../kit/corrections.tsx';

/** A line of the record, with the entry that it comes from. */
export interface RecordedLine {
  number: number;
  words: Child;
}

type Described = Exclude<RecordNoun, 'corrections'>;

/**
 * What the record already contains for a noun; empty if nothing. For tellings, sharings and notes every entry counts.
 */
export function recordedLines(consultation: Consultation, noun: Described): RecordedLine[] {
  const { tellings, asker, child, consent, parents, police, decided, shared, notes } = consultation;
  switch (noun) {
    case 'tellings':
      return linesOf(
        tellings,
        ({ spokeTo, when, reference, toldBy, before }) =>
          `${toldBy === undefined ? '' : `${describeTeller({ toldBy })}: `}${spokeTo}, ${when}${describeBefore({ before })}. ${reference === '' ? 'No reference given.' : `Reference: ${reference}`}`,
      );
    case 'asker':
      return linesOf([asker], (kept) => describeAsker(kept.asker));
    case 'child':
      return linesOf([child], describeChild);
    case 'consents':
      return linesOf([consent], (kept) => withReason(kept.consent, kept.reason));
    case 'parents':
      return linesOf([parents], (kept) => withReason(kept.parents, kept.reason));
    case 'police':
      return linesOf([police], ({ referred, reason }) =>
        withReason(referred === 'yes' ? 'passed on' : 'not passed on', reason),
      );
    case 'decisions':
      return linesOf([decided], ({ asAdvised, decision, reason }) =>
        withReason(`${asAdvised === 'yes' ? 'As advised' : 'Otherwise than advised'}: ${decision}`, reason),
      );
    case 'sharings':
      return linesOf(shared, ({ what, withWhom, purpose }) => `${what}. With: ${withWhom}. For: ${purpose}`);
    case 'notes':
      return linesOf(notes, ({ text }) => text);
  }
}

function linesOf<T extends { number: number }>(kept: (T | undefined)[], describe: (kept: T) => Child): RecordedLine[] {
  return kept.flatMap((one) => (one === undefined ? [] : [{ number: one.number, words: describe(one) }]));
}

interface RecordedLinesProps {
  consultation: Consultation;
  lines: readonly RecordedLine[];
  linkTo?: ((entry: number) => string) | undefined;
}

export function RecordedLines({ consultation, lines, linkTo }: RecordedLinesProps) {
  if (lines.length === 0) return <p class="fd-empty">Nothing written down yet</p>;
  return (
    <>
      {lines.map(({ number, words }) => (
        <EntryText consultation={consultation} number={number} linkTo={linkTo}>
          {words}
        </EntryText>
      ))}
    </>
  );
}

/**
 * A line with its author, for whom and when it was written, and every correction. `linkTo`: returns the link to the
 * form that corrects it.
 */
export function EntryText({
  consultation,
  number,
  linkTo,
  children,
}: {
  consultation: Consultation;
  number: number;
  linkTo?: ((entry: number) => string) | undefined;
  children?: Child;
}) {
  const at = consultation.entries[number - 1]?.at;
  return (
    <div class="fd-entry">
      {children}{' '}
      {at !== undefined && (
        <span class="fd-entry__when">
          {describeInstant(at)}, {authorOf(consultation, number)}.{' '}
          {linkTo !== undefined && (
            <a class="govuk-link fd-no-print" href={linkTo(number)}>
              Correct this<span class="govuk-visually-hidden">: entry {number}</span>
            </a>
          )}
        </span>
      )}
      <CorrectionsOf consultation={consultation} of={[number]} />
    </div>
  );
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
