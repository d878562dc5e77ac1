import type { Child } from 'hono/jsx';

/** Something that opens. Works without a script. */
export function Details({ summary, children, open, id, quiet }: { summary: Child; children?: Child; open?: boolean; id?: string; quiet?: boolean }) {
  return (
    <details class={quiet ? 'govuk-details fd-details--quiet' : 'govuk-details'} id={id} open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}
