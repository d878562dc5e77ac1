import type { Child } from 'hono/jsx';

interface FoldProps {
  id: string;
  title: string;
  /** What it contains, such as "3 contacts". */
  holds?: string;
  /** Not to be printed, such as a form. */
  quiet?: boolean;
  open?: boolean;
  children?: Child;
}

/** A collapsed section of a result: its heading says what it is about and how much it contains. Works without a script. */
export function Fold({ id, title, holds, quiet, open, children }: FoldProps) {
  return (
    <details class={quiet ? 'fd-fold fd-details--quiet' : 'fd-fold'} id={id} open={open}>
      <summary class="fd-fold__summary">
        <h2 class="fd-fold__title">{title}</h2>
        {holds !== undefined && <span class="fd-fold__holds">{holds}</span>}
      </summary>
      <div class="fd-fold__body">{children}</div>
    </details>
  );
}

/** `1 step`, `3 steps`. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
