import type { Child } from 'hono/jsx';

export function Section({
  id,
  title,
  children,
  className,
  folds,
}: {
  id: string;
  title: string;
  children?: Child;
  className?: string;
  /** Whether it starts folded on a narrow screen, if the page has the script for that. */
  folds?: boolean;
}) {
  return (
    <section
      class={className === undefined ? 'fd-section' : `fd-section ${className}`}
      id={id}
      aria-labelledby={`${id}-title`}
      data-folds={folds}
    >
      <h2 class="govuk-heading-m" id={`${id}-title`}>
        {title}
      </h2>
      {children}
    </section>
  );
}
