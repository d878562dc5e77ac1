import { describeInstant } from '../../server/base/days.ts';
import type { EntryLine } from '../../server/consultation/describe-entry.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { NEW_OUTCOME } from '../../server/consultation/recording.ts';
import { Corrections } from '../kit/corrections.tsx';
import type { FailedForm } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Section } from '../kit/section.tsx';
import { CORRECTION_FIELDS } from './record-forms.ts';

/** How an entry is corrected. The form is beside the entry itself. */
export interface Correcting {
  linkTo: (entry: number) => string;
  action: string;
  token: string;
  /** The entry whose form is open. */
  open?: number;
  /** Who will read what is written there, in words, if it is not only the writer. */
  readBy?: string;
  /** For an entry that decides an outcome: where another outcome is recorded. */
  newOutcome?: string | undefined;
  /** The field that asks what is wrong with the entry. */
  subject?: Field | undefined;
  failed?: FailedForm;
}

export interface EntriesProps {
  entries: EntryLine[];
  /** Undefined for people who may not write here. */
  correcting?: Correcting;
}

export function Entries({ entries, correcting }: EntriesProps) {
  return (
    <Section id="entries" title="All entries" folds>
      <p>Every entry, in order. None is ever changed or removed. A correction stands beside what it corrects.</p>
      <ul class="fd-entries">
        {entries.map((entry) => (
          <Entry {...entry} correcting={correcting} />
        ))}
      </ul>
    </Section>
  );
}

function Entry({ number, at, by, words, corrections, correcting }: EntryLine & Pick<EntriesProps, 'correcting'>) {
  // The first entry only says that the consultation was opened.
  const canCorrect = correcting !== undefined && number > 1;
  return (
    <li id={`entry-${number}`}>
      <span class="fd-entries__number">{number}</span>
      <div class="fd-entries__words">
        {words}{' '}
        <span class="fd-entries__when">
          {describeInstant(at)}, {by}
          {canCorrect && correcting.open !== number && (
            <>
              {' '}
              <a class="govuk-link fd-no-print" href={correcting.linkTo(number)}>
                Correct this<span class="govuk-visually-hidden">: entry {number}</span>
              </a>
            </>
          )}
        </span>
        <Corrections corrections={corrections} />
        {canCorrect && correcting.open === number && <CorrectionForm correcting={correcting} entry={number} />}
      </div>
    </li>
  );
}

function CorrectionForm({ correcting, entry }: { correcting: Correcting; entry: number }) {
  const { action, token, failed, newOutcome, readBy, subject } = correcting;
  const mine = failed?.form === 'corrections' ? failed : undefined;
  return (
    <form method="post" action={action} novalidate>
      <p>
        Nothing is overwritten. The correction stands beside entry {entry}, and both can be read.
        {readBy !== undefined && ` ${readBy}.`}
      </p>
      {newOutcome !== undefined && (
        <p>
          {NEW_OUTCOME}.{' '}
          <a class="govuk-link" href={newOutcome}>
            Change the outcome
          </a>
        </p>
      )}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="corrects" value={String(entry)} />
      {/* Each entry has its own draft, so that text about one entry never appears in the form of another. */}
      <input type="hidden" name="draft" value={`${action}#entry-${entry}`} />
      {[...(subject === undefined ? [] : [subject]), ...CORRECTION_FIELDS].map((field) => (
        <FormField field={field} form="corrections" value={mine?.values[field.name]} error={mine?.errors[field.name]} />
      ))}
      <button type="submit" class="govuk-button govuk-button--secondary">
        Add the correction
      </button>
    </form>
  );
}

/** The entry whose form is open: the one in the URL, or the one whose correction was refused. */
export function openCorrection(asked: string | undefined, failed?: FailedForm): number | undefined {
  const number = Number(failed?.form === 'corrections' ? failed.values.corrects : asked);
  return Number.isInteger(number) && number > 1 ? number : undefined;
}
