import type { Child } from 'hono/jsx';
import type { Link } from './link-list.tsx';

interface FoldedProps {
  /**
   * Id of the content. A link to it opens the fold: in some browsers by itself, in others by a script
   * (`static/open-target.js`).
   */
  id: string;
  title: Child;
  heading: 'h2' | 'h3';
  /** How much it contains, such as "12 rules". */
  holds: string;
  open?: boolean;
  className?: string;
  children?: Child;
}

/** A part of a long page, folded. It is printed open. */
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

/**
 * URL and words of the link that loads the page with everything unfolded, or folded again. It works without a script.
 */
export function unfoldLink(address: string, open: boolean): Link {
  return open ? [address, 'Fold everything'] : [`${address}?all=open`, 'Unfold everything'];
}

export function UnfoldAll(props: { address: string; open: boolean }) {
  const [href, words] = unfoldLink(props.address, props.open);
  return (
    <p class="fd-no-print">
      <a class="govuk-link" href={href}>
        {words}
      </a>
    </p>
  );
}
