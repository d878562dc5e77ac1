import { describeInstant } from '../../server/base/days.ts';
import { describeHandoverSheetFormat, HANDOVER_SHEET_FORMATS } from '../../server/base/handover-sheet-formats.ts';
import { paths } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import {
  digestOf,
  HANDOVER_SHEET_PART_TITLES,
  type HandoverSheetChange,
  type ShownField,
  seenName,
  WRITER_INPUT,
} from '../../server/consultation/handover-sheet.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { HANDOVER_SHEET_PARTS, type HandoverSheetPart } from '../../server/flow/handover-sheet.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PrintHead } from '../kit/print.tsx';
import { HandoverSheetSentSection } from './sent.tsx';

export interface HandoverSheetPageProps {
  page: PageContext;
  consultation: Consultation;
  area: AreaFacts;
  fields: ShownField[];
  /** Random id of this page: see `WRITER_INPUT`. */
  writer: string;
  /** Whether it has just been saved without a script. */
  saved?: boolean;
  /** A form that could not be saved completely: what was typed, and what is wrong with it. */
  typed?: Record<string, string>;
  change?: HandoverSheetChange;
  /** The form that asks what happened to the hand-over sheet, if it was refused. */
  failed?: { values: Record<string, string>; errors: Record<string, string> };
}

const FORM = 'handover-sheet';

/** Prepares a referral: filled in from the consultation, completed in one's own time, and sent to nobody. */
export function HandoverSheetPage(props: HandoverSheetPageProps) {
  const { page, consultation, area, fields, change, failed } = props;
  const { id, reference } = consultation;
  const errors = [
    ...errorsOf(change),
    ...Object.entries(failed?.errors ?? {}).map(([name, message]) => ({ field: fieldId('sent', name), message })),
  ];
  return (
    <Layout page={page} title="Sheet for a referral" error={errors.length > 0} handoverSheet>
      <PrintHead consultation={consultation} prints={paths.handoverSheetPrints(id)} token={page.token} />
      {errors.length > 0 && <ErrorSummary errors={errors} />}
      <a class="govuk-link fd-back" href={paths.result(id)}>
        Back to what to do
      </a>
      <h1 class="fd-title">Sheet for a referral</h1>
      <NotSent area={area} />
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <p>
        It asks what most councils’ forms ask. What you answered stands in it already. Everything can stay empty, and
        nothing here has to be done before you ring.
      </p>
      <HandoverSheetForm {...props} />
      <TakeAway id={id} fields={fields} />
      <HandoverSheetSentSection
        consultation={consultation}
        token={page.token}
        {...(failed !== undefined && { failed })}
      />
    </Layout>
  );
}

function errorsOf(change: HandoverSheetChange | undefined) {
  if (change === undefined) return [];
  return [
    ...Object.entries(change.wrong).map(([name, message]) => ({ field: fieldId(FORM, name), message })),
    ...Object.keys(change.clashes).map((name) => ({ field: fieldId(FORM, name), message: CLASH })),
  ];
}

const CLASH =
  'This was changed on another page after you opened this one. Your text is in the box and not saved. Save again to keep yours';

/** The hand-over sheet must never look like a referral that was made. */
function NotSent({ area }: { area: AreaFacts }) {
  return (
    <section class="fd-untold" aria-labelledby="not-sent">
      <h2 class="fd-untold__title" id="not-sent">
        This is not the council’s form, and it is not sent
      </h2>
      <p>
        Nothing that you write here goes to anybody. You make a referral by telephone, or on the form of{' '}
        {area.frontDoorName}. This sheet helps you to write that form.
      </p>
    </section>
  );
}

function HandoverSheetForm({
  page,
  consultation: { id },
  fields,
  writer,
  saved,
  typed,
  change,
}: HandoverSheetPageProps) {
  const send = {
    'data-hx-post': paths.handoverSheet(id),
    // The event `settled` is sent by `static/handover-sheet.js` after a pause.
    'data-hx-trigger': 'settled',
    'data-saves-itself': '',
    'data-hx-target': '#saved',
    'data-hx-swap': 'outerHTML',
    'data-hx-sync': 'this:queue last',
  };
  return (
    <form class="fd-handover-sheet" method="post" action={paths.handoverSheet(id)} novalidate {...send}>
      <input type="hidden" name="token" value={page.token} />
      <input type="hidden" name={WRITER_INPUT} value={writer} />
      {HANDOVER_SHEET_PARTS.map((part) => (
        <Part part={part} fields={fields.filter(({ field }) => field.part === part)} typed={typed} change={change} />
      ))}
      <button type="submit" class="govuk-button">
        Save
      </button>
      <HandoverSheetSaved fields={fields} {...(saved && { at: '' })} {...(change !== undefined && { change })} />
    </form>
  );
}

const PART_HINTS: Partial<Record<HandoverSheetPart, string>> = {
  facts: 'Only what is known. What you make of it goes under “Opinion”.',
  seen: 'What eyes and ears took in. Not what it may mean.',
  said: 'In quotation marks, as it was said. A child’s words are never made prettier.',
  opinion: 'What you think, and why. You may be wrong, and that is all right here.',
};

interface PartProps extends Pick<HandoverSheetPageProps, 'typed' | 'change'> {
  part: HandoverSheetPart;
  fields: ShownField[];
}

function Part({ part, fields, typed, change }: PartProps) {
  const hint = PART_HINTS[part];
  if (fields.length === 0) return null;
  return (
    <fieldset class="govuk-fieldset fd-handover-sheet__part">
      <legend class="govuk-fieldset__legend">
        <h2 class="govuk-heading-m">{HANDOVER_SHEET_PART_TITLES[part]}</h2>
      </legend>
      {hint !== undefined && <p class="fd-hint">{hint}</p>}
      {fields.map((shown) => (
        <OneField shown={shown} typed={typed} change={change} />
      ))}
    </fieldset>
  );
}

function OneField({ shown, typed, change }: { shown: ShownField } & Pick<HandoverSheetPageProps, 'typed' | 'change'>) {
  const { field, value, filled, isOutdated } = shown;
  const { id, label, hint, type } = field;
  const clash = change?.clashes[id];
  const error = change?.wrong[id] ?? (clash === undefined ? undefined : CLASH);
  return (
    <>
      <FormField
        field={{ name: id, label, ...(hint !== undefined && { hint }), kind: type === 'long text' ? 'text' : 'line' }}
        form={FORM}
        value={error === undefined ? value : (typed?.[id] ?? value)}
        {...(error !== undefined && { error })}
      />
      {clash !== undefined && (
        <div class="fd-handover-sheet__other">
          <p class="fd-hint">On the other page it now says:</p>
          <p class="fd-handover-sheet__words">{clash === '' ? 'Nothing' : clash}</p>
        </div>
      )}
      {isOutdated && (
        <div class="fd-handover-sheet__other">
          <p class="fd-hint">Your answers have changed since you wrote this. They now say:</p>
          <p class="fd-handover-sheet__words">{filled}</p>
        </div>
      )}
    </>
  );
}

interface SavedProps extends Pick<HandoverSheetPageProps, 'fields' | 'change'> {
  /** The instant at which it was saved; empty if this page has just saved it. */
  at?: string;
}

/**
 * Sent back each time the hand-over sheet is saved: what is wrong, and which version of each field the page has seen.
 */
export function HandoverSheetSaved({ at, fields, change }: SavedProps) {
  const wrong = [...Object.keys(change?.wrong ?? {}), ...Object.keys(change?.clashes ?? {})];
  const names = fields.filter(({ field }) => wrong.includes(field.id)).map(({ field }) => field.label);
  return (
    <div id="saved" class="fd-handover-sheet__saved">
      <p role="status">
        {names.length > 0
          ? `Not saved: ${names.join('; ')}. It is too long, or was changed on another page. Press “Save” to see it.`
          : at !== undefined &&
            (at === '' ? 'Saved. Sent to nobody.' : `Saved ${describeInstant(at)}. Sent to nobody.`)}
      </p>
      {fields.map(({ field, value }) => (
        <input type="hidden" name={seenName(field.id)} value={digestOf(value)} />
      ))}
    </div>
  );
}

/** Downloads and copies, in the form that is needed. The record says when the hand-over sheet was taken away. */
function TakeAway({ id, fields }: { id: string; fields: ShownField[] }) {
  const filled = fields.filter(({ value }) => value !== '').length;
  return (
    <section class="fd-section fd-no-print" aria-labelledby="take-title" id="take">
      <h2 class="govuk-heading-m" id="take-title">
        Take it with you
      </h2>
      <p>
        {filled} of {fields.length} fields have something in them. Your record says when you took the sheet, and what
        stood in it.
      </p>
      <ul class="govuk-list fd-handover-sheet-files">
        <li>
          <a class="govuk-link" href={paths.handoverSheetCopy(id)}>
            Copy it field by field
          </a>
        </li>
        {HANDOVER_SHEET_FORMATS.map((format) => (
          <li>
            <a class="govuk-link" href={paths.handoverSheetFile(id, format)} download>
              {capitalise(describeHandoverSheetFormat(format).words)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
