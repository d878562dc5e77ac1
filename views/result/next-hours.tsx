import { paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import {
  type ChosenHours,
  describeNextHours,
  hasNightNumber,
  type MeanwhileAdvice,
  type NumberInTurn,
} from '../../server/consultation/next-hours.ts';
import type { NextHours } from '../../server/flow/next-hours.ts';
import { describeOpeningHours } from '../../server/flow/opening-hours.ts';
import { Choice } from '../kit/choice.tsx';
import { Sources } from '../kit/citation.tsx';
import { NameAndPhones } from '../kit/contact.tsx';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { Details } from '../kit/details.tsx';
import { ErrorMessage } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { countOf, Fold } from '../kit/fold.tsx';
import { PhoneLink } from '../kit/phone.tsx';

/** What a result says about the next hours. */
export interface NextHoursShown {
  content: NextHours;
  /** False if the question makes no sense here, and only the numbers are shown. */
  asked: boolean;
  /** What was answered: beside the result or, without a note, in the interview. Undefined if nothing was. */
  said?: { chosen: readonly ChosenHours[]; note: string };
  numbers: NumberInTurn[];
  untilThen: MeanwhileAdvice[];
  failed?: { chosen: readonly string[]; note: string; errors: Record<string, string> };
}

/** Prefix of the ids of its form. */
export const HOURS = 'hours';

interface NextHoursProps extends NextHoursShown {
  consultation: Consultation;
  token: string;
}

/** One question, what to do until somebody answers, and whom to ring in turn. */
export function NextHoursSection(props: NextHoursProps) {
  const { consultation, asked, numbers, untilThen, said, failed } = props;
  return (
    <Fold
      id="next-hours"
      title="The next hours"
      holds={describeContent(numbers.length, said !== undefined || !asked)}
      open={consultation.nextHours !== undefined || failed !== undefined}
    >
      {said !== undefined && (
        <>
          <p>
            You said: <strong>{describeNextHours(said)}</strong>
          </p>
          <CorrectionsOf
            consultation={consultation}
            of={[consultation.nextHours?.number]}
            record={paths.record(consultation.id)}
          />
          <ul class="fd-steps">
            {untilThen.map((line) => (
              <li>{line.do}</li>
            ))}
          </ul>
          <Sources citations={untilThen.flatMap(({ citations }) => citations)} summary="Where this comes from" />
        </>
      )}
      <h3 class="govuk-heading-s">If nobody answers, ring the next</h3>
      <Numbers numbers={numbers} />
      {asked && <Asked {...props} />}
    </Fold>
  );
}

/** The form, in sight while there is no answer, and one tap away afterwards. */
function Asked(props: NextHoursProps) {
  if (props.said === undefined || props.failed !== undefined) return <HoursForm {...props} />;
  return (
    <Details summary="Change when the child is next with them" quiet>
      <HoursForm {...props} />
    </Details>
  );
}

function describeContent(numbers: number, isAnswered: boolean): string {
  const parts = [...(numbers === 0 ? [] : [countOf(numbers, 'number')]), ...(isAnswered ? [] : ['1 question'])];
  return parts.length === 0 ? '1 answer' : parts.join(', ');
}

function Numbers({ numbers }: { numbers: readonly NumberInTurn[] }) {
  return (
    <>
      <ol class="fd-steps">
        {numbers.map(({ contact, isOpen }) => (
          <li>
            <NameAndPhones contact={contact} />
            <span class="fd-steps__who">
              {' '}
              {contact.open === undefined ? 'Its hours are not known' : describeOpeningHours(contact.open)}
              {isOpen === 'no' && '. Closed now'}
            </span>
          </li>
        ))}
      </ol>
      {!hasNightNumber(numbers) && (
        <p>No number is known here that answers at night. The council’s website may have one.</p>
      )}
      <p>
        In danger now: <PhoneLink number="999" />. It answers day and night.
      </p>
    </>
  );
}

function HoursForm({ content, consultation: { id, entries }, said, token, failed }: NextHoursProps) {
  const chosen = failed?.chosen ?? said?.chosen.map((one) => one.id) ?? [];
  const error = failed?.errors.chosen;
  return (
    <form class="fd-no-print" method="post" action={paths.nextHours(id)} novalidate>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="seen" value={String(entries.length)} />
      <div class={error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error'}>
        <fieldset class="govuk-fieldset" aria-describedby={error === undefined ? 'hours-why' : 'hours-why hours-error'}>
          <legend class="govuk-fieldset__legend">{content.question}</legend>
          <p class="govuk-hint" id="hours-why">
            {content.why}
          </p>
          {error !== undefined && <ErrorMessage id="hours-error" message={error} />}
          <div class="govuk-checkboxes" data-module="govuk-checkboxes">
            {content.options.map(({ id: option, text }, index) => (
              <Choice
                kind="checkboxes"
                id={index === 0 ? fieldId(HOURS, 'chosen') : fieldId(HOURS, `chosen-${index + 1}`)}
                name="chosen"
                value={option}
                text={text}
                checked={chosen.includes(option)}
              />
            ))}
          </div>
        </fieldset>
      </div>
      <FormField
        field={{ name: 'note', label: 'At what hour, where and with whom, if you know', kind: 'line' }}
        form={HOURS}
        value={failed?.note ?? said?.note ?? ''}
        {...(failed?.errors.note !== undefined && { error: failed.errors.note })}
      />
      <button type="submit" class="govuk-button govuk-button--secondary">
        Show me what to do until then
      </button>
    </form>
  );
}
