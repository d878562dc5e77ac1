import type { Child } from 'hono/jsx';

export function Section({
  id,
  title,
  children,
  className,
}: {
  id: string;
  title: string;
  children?: Child;
  className?: string;
}) {
  return (
    <section
      class={className === undefined ? 'fd-section' : `fd-section ${className}`}
      id={id}
      aria-labelledby={`${id}-title`}
    >
      <h2 class="govuk-heading-m" id={`${id}-title`}>
        {title}
      </h2>
      {children}
    </section>
  );
}
