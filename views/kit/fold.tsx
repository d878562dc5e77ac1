import type { Child } from 'hono/jsx';

/** Where the content of a fold is: in the page, folded or open, or on a separate page. */
export interface FoldedAt {
  /**
   * URL of the page with the content. The fold is then a link to its part of that page; the script fetches it and
   * unfolds it in place (`static/unfold.js`).
   */
  elsewhere?: string;
  open?: boolean;
}

interface FoldProps extends FoldedAt {
  id: string;
  title: string;
  /** What it contains, such as "3 contacts". */
  holds?: string;
  /** Not printed, as for a form. */
  quiet?: boolean;
  children?: Child;
}

/** A collapsed section of a result: its heading says what it is about and how much it contains. Works without a script. */
export function Fold({ id, title, holds, quiet, open, elsewhere, children }: FoldProps) {
  const summary = (
    <>
      <h2 class="fd-fold__title">{title}</h2>
      {holds !== undefined && <span class="fd-fold__holds">{holds}</span>}
    </>
  );
  if (elsewhere !== undefined)
    return (
      <a class="fd-fold fd-fold__summary" id={id} href={`${elsewhere}#${id}`}>
        {summary}
      </a>
    );
  return (
    <details class={quiet ? 'fd-fold fd-details--quiet' : 'fd-fold'} id={id} open={open}>
      <summary class="fd-fold__summary">{summary}</summary>
      <div class="fd-fold__body">{children}</div>
    </details>
  );
}

/** For example `1 step`, `3 steps`. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
