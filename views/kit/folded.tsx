import type { Child } from 'hono/jsx';

interface FoldedProps {
  /** Of the content: a link to it opens the fold in browsers that do so, and elsewhere the script does (`static/open-target.js`). */
  id: string;
  title: Child;
  heading: 'h2' | 'h3';
  /** How much it contains, such as "12 rules". */
  holds: string;
  open?: boolean;
  className?: string;
  children?: Child;
}

/** A part of a long page, folded. Printed, it stands open. */
export function Folded({ id, title, heading: Heading, holds, open, className, children }: FoldedProps) {
  return (
    <details class={className === undefined ? 'fd-fold' : `fd-fold ${className}`} open={open}>
      <summary class="fd-fold__summary">
        <Heading class="fd-fold__title">{title}</Heading>
        <span class="fd-fold__holds">{holds}</span>
      </summary>
      <div class="fd-fold__body fd-fold__target" id={id}>
        {children}
      </div>
    </details>
  );
}
