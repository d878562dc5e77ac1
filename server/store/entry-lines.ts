/** Rows of `entries`, and the entries that they hold. */
import type { Entry } from '../consultation/entry.ts';

/** An entry as it is stored. */
export interface StoredEntry {
  number: number;
  at: string;
  by: string;
  kind: string;
  body: string;
}

/**
 * `kind` is inserted into the JSON text of the body, because copying the parsed object would take longer than parsing
 * it.
 */
export function toEntry({ number, at, by, kind, body }: StoredEntry): Entry {
  const kindFirst = `{"kind":${JSON.stringify(kind)}${body === '{}' ? '' : ','}${body.slice(1)}`;
  const what = JSON.parse(kindFirst);
  if (what.who === undefined) return { number, at, by: by as Entry['by'], what };
  const { who, ...rest } = what;
  return { number, at, by: by as Entry['by'], who, what: rest };
}
