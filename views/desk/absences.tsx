import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Who } from '../../server/consultation/desk-happening.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { Absence } from '../../server/people/absence.ts';
import { Details } from '../kit/details.tsx';
import type { Failed } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Section } from '../kit/section.tsx';

export interface ShownAbsence extends Absence {
  id: string;
  name: string;
}

export interface AbsencesProps {
  /** People who are away now, or will be. */
  absences: ShownAbsence[];
  /** Whose absence this person may record; the signed-in person comes first. */
  mayNote: Who[];
  failedAbsence?: Failed;
}

/** While somebody is away, their consultations are in the manager's list and can be taken over. */
export function Absences({ absences, mayNote, failedAbsence, token }: AbsencesProps & { token: string }) {
  const [me] = mayNote;
  return (
    <Section id="away" title="Who is away">
      {absences.length === 0 && <p class="fd-empty">Nobody has said so.</p>}
      <ul class="fd-list">
        {absences.map(({ id, name, from, until }) => (
          <li>
            {name}: from {describeDay(from)} until {describeDay(until)}
            {mayNote.some((who) => who.id === id) && (
              <form class="fd-no-print" method="post" action={paths.deskReturns()}>
                <input type="hidden" name="token" value={token} />
                <input type="hidden" name="who" value={id} />
                <button type="submit" class="govuk-button govuk-button--secondary">
                  {id === me?.id ? 'I am back' : `${name} is back`}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {mayNote.length > 0 && (
        <Details summary="Say who is away, and until when" open={failedAbsence !== undefined} onlyForm>
          <form class="fd-no-print" method="post" action={paths.deskAbsences()} novalidate>
            <input type="hidden" name="token" value={token} />
            {fieldsOf(mayNote).map((field) => (
              <FormField
                form="absence"
                field={field}
                value={failedAbsence?.values[field.name]}
                error={failedAbsence?.errors[field.name]}
              />
            ))}
            <button type="submit" class="govuk-button govuk-button--secondary">
              Save
            </button>
          </form>
        </Details>
      )}
    </Section>
  );
}

function fieldsOf(mayNote: readonly Who[]): Field[] {
  const [me] = mayNote;
  const who: Field = {
    name: 'who',
    label: 'Who is away',
    kind: 'choice',
    choices: mayNote.map(({ id, name }, index) => [id, index === 0 ? `${name} (you)` : name] as const),
    ...(me !== undefined && { value: me.id }),
  };
  return [
    ...(mayNote.length > 1 ? [who] : []),
    { name: 'from', label: 'First day away', hint: 'Leave it empty for today', kind: 'line' },
    { name: 'until', label: 'Last day away', hint: 'For example 27 3 2027', kind: 'line' },
  ];
}
