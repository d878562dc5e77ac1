/** Looks up a citation such as `BT 5.7`: the document, the paragraph and their dates. */
import type { Flow } from '../flow/flow.ts';

export interface Citation {
  /** As written in the flow, such as `BT 5.7`. */
  short: string;
  title: string;
  publisher: string;
  paragraph: string;
  paragraphTitle: string;
  published: string;
  reviewDue?: string;
  checked?: string;
  replacedBy?: string;
  note?: string;
}

/** `from`: a flow, or other content with the sources that it cites. */
export function citationsOf(from: Pick<Flow, 'sources'>, cites: string[]): Citation[] {
  return [...new Set(cites)].map((short) => {
    const [id = '', ...rest] = short.split(' ');
    const paragraph = rest.join(' ');
    const source = from.sources[id];
    if (source === undefined) throw new Error(`no source ${id} is there for “${short}”`);
    return {
      short,
      title: source.title,
      publisher: source.publisher,
      paragraph,
      paragraphTitle: source.paragraphs[paragraph] ?? '',
      published: source.published,
      ...(source.reviewDue !== undefined && { reviewDue: source.reviewDue }),
      ...(source.checked !== undefined && { checked: source.checked }),
      ...(source.replacedBy !== undefined && { replacedBy: source.replacedBy }),
      ...(source.note !== undefined && { note: source.note }),
    };
  });
}
