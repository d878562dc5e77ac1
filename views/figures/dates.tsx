import { describeDay, firstDay, lastDay } from '../../server/base/days.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { Period } from '../../server/figures/period.ts';
import { FormField } from '../kit/field.tsx';

export interface DatesProps {
  /** Path of the page, and its path for a given period. */
  at: { page: string; of: (from: string, to: string) => string };
  period: Period;
  /** This quarter and earlier ones, newest first. */
  quarters: Period[];
  /** As they were typed. */
  values: Record<string, string>;
  errors?: Record<string, string> | undefined;
}

const FIELDS: Field[] = [
  { name: 'from', label: 'From', hint: 'For example 1 10 2026', kind: 'line' },
  { name: 'to', label: 'Until', hint: 'That day included', kind: 'line' },
];

/** The current period, links to recent quarters, and a form for other dates. */
export function Dates({ at, period, quarters, values, errors }: DatesProps) {
  return (
    <>
      <p>
        <strong>{describePeriod(period)}</strong>
      </p>
      <Quarters at={at} quarters={quarters} period={period} />
      <form method="get" action={at.page} novalidate class="fd-dates fd-no-print">
        {FIELDS.map((field) => (
          <FormField field={field} form="figures" value={values[field.name]} error={errors?.[field.name]} />
        ))}
        <button type="submit" class="govuk-button govuk-button--secondary">
          Show these dates
        </button>
      </form>
    </>
  );
}

export function describePeriod({ from, to }: Period): string {
  return `${describeDay(firstDay(from))} to ${describeDay(lastDay(to))}`;
}

/** For example `October to December 2026`. */
function describeQuarter({ from, to }: Period): string {
  return `${describeDay(from).replace(/ \d+$/, '')} to ${describeDay(to)}`;
}

function Quarters({ at, quarters, period: shown }: Pick<DatesProps, 'at' | 'quarters' | 'period'>) {
  return (
    <nav aria-label="Quarters" class="fd-no-print">
      <ul class="fd-tabs">
        {quarters.map((quarter) => (
          <li>
            <a
              class="govuk-link"
              href={at.of(firstDay(quarter.from), lastDay(quarter.to))}
              aria-current={quarter.from === shown.from && quarter.to === shown.to ? 'page' : undefined}
            >
              {describeQuarter(quarter)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
