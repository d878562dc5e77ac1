import { describeInstant } from '../../server/base/days.ts';
import { describeTaking } from '../../server/base/handover-sheet-formats.ts';
import { paths } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { describeHandoverSheetSent } from '../../server/consultation/handover-sheet-sent.ts';
import { AskedField } from '../kit/asked-field.tsx';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { FormField } from '../kit/field.tsx';
import { Section } from '../kit/section.tsx';

interface HandoverSheetSentProps {
  consultation: Consultation;
  token: string;
  failed?: { values: Record<string, string>; errors: Record<string, string> };
}

export const SENT_FIELDS: Field[] = [
  {
    name: 'sent',
    label: 'What became of it?',
    kind: 'choice',
    choices: [
      ['to services', 'I sent a referral to children’s services'],
      ['to somebody else', 'I gave the sheet to somebody else, such as my safeguarding lead'],
      ['not sent', 'I have sent nothing'],
    ],
  },
  {
    name: 'to',
    label: 'To whom, and how',
    hint: 'For example: the council’s online form. Leave it empty if nothing was sent',
    kind: 'line',
  },
  { name: 'when', label: 'When', hint: 'For example today at 14:20, or 27 3 2026 at 9:00', kind: 'line' },
  { name: 'reference', label: 'Reference that came back', hint: 'Leave it empty if there was none', kind: 'line' },
  { name: 'note', label: 'Anything else, such as why it was not sent', kind: 'text' },
];

/** Asked if the day is before the day on which the consultation was opened. */
const BEFORE: Field = {
  name: 'before',
  label: 'It was before this consultation was opened: is this day meant, and why?',
  hint: 'A sheet from here cannot have been sent before. Is it another referral? Children’s services still have to be told what was found out here',
  kind: 'text',
};

/**
 * Asked once the hand-over sheet has been taken away: taking it does not send it, and only the person knows what
 * happened to it.
 */
export function HandoverSheetSentSection({ consultation, token, failed }: HandoverSheetSentProps) {
  const { id, handoverSheets, handoverSheetSent, entries } = consultation;
  if (handoverSheets.length === 0) return null;
  return (
    <Section
      id="sent"
      title={handoverSheetSent === undefined ? 'Did you send a referral?' : 'What became of the sheet'}
    >
      <ul class="govuk-list govuk-list--bullet">
        {handoverSheets.map(({ as, at }) => (
          <li>
            Taken away {describeTaking(as)}, {describeInstant(at)}
          </li>
        ))}
      </ul>
      {handoverSheetSent !== undefined && (
        <p>
          <strong>{capitalise(describeHandoverSheetSent(handoverSheetSent))}.</strong> Written down{' '}
          {describeInstant(handoverSheetSent.at)}. Front Door sent nothing.
        </p>
      )}
      <CorrectionsOf consultation={consultation} of={[handoverSheetSent?.number]} record={paths.record(id)} />
      <form method="post" action={paths.handoverSheetSendings(id)} novalidate>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="seen" value={String(entries.length)} />
        {SENT_FIELDS.map((field) => (
          <FormField field={field} form="sent" value={failed?.values[field.name]} error={failed?.errors[field.name]} />
        ))}
        <AskedField field={BEFORE} form="sent" failed={failed} />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Write it down
        </button>
      </form>
    </Section>
  );
}

/** On pages to which people return: a hand-over sheet that was taken away is not a referral. */
export function AskWhetherSent({
  consultation: { id, handoverSheets, handoverSheetSent },
}: Pick<HandoverSheetSentProps, 'consultation'>) {
  const last = handoverSheets.at(-1);
  if (last === undefined || handoverSheetSent !== undefined) return null;
  return (
    <p class="fd-told-line fd-no-print">
      You took a sheet for a referral away on {describeInstant(last.at)}. That sent nothing.{' '}
      <a class="govuk-link" href={`${paths.handoverSheet(id)}#sent`}>
        Say whether you sent a referral
      </a>
    </p>
  );
}
