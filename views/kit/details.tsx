import type { Child } from 'hono/jsx';

interface DetailsProps {
  summary: Child;
  children?: Child;
  open?: boolean;
  /** Small text; printed only if open. */
  quiet?: boolean;
  /** Contains only a form, so neither it nor its summary is printed. */
  onlyForm?: boolean;
}

/** A collapsible section that works without a script. */
export function Details({ summary, children, open, quiet, onlyForm }: DetailsProps) {
  const classes = ['govuk-details', quiet && 'fd-details--quiet', onlyForm && 'fd-no-print'];
  return (
    <details class={classes.filter(Boolean).join(' ')} open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}
