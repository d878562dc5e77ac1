import type { Child } from 'hono/jsx';

interface DetailsProps {
  summary: Child;
  children?: Child;
  open?: boolean;
  /** Small text; printed only if open. */
  quiet?: boolean;
}

/** A collapsible section that works without a script. */
export function Details({ summary, children, open, quiet }: DetailsProps) {
  return (
    <details class={quiet ? 'govuk-details fd-details--quiet' : 'govuk-details'} open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}
