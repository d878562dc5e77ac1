/** A response of the app, with helpers to read its text, forms and headings. */
import { type HTMLElement, type Node, NodeType, parse } from 'node-html-parser';

export type Element = HTMLElement;

export interface Form {
  action: string;
  method: string;
  /** What it would send now: hidden fields, texts and ticked options. */
  sends: URLSearchParams;
  /** Field name → values of its radio buttons or checkboxes. */
  offers: Map<string, string[]>;
  /** Names of its text fields. */
  writes: string[];
}

export class Page {
  readonly status: number;
  readonly headers: Headers;
  /** The URL after all redirects. */
  readonly url: string;
  /** All URLs on the way, including the last. */
  readonly way: string[];
  readonly html: string;
  private parsed: Element | undefined;

  constructor(response: Response, html: string, way: string[]) {
    this.status = response.status;
    this.headers = response.headers;
    this.way = way;
    this.url = way.at(-1) ?? '';
    this.html = html;
  }

  get dom(): Element {
    this.parsed ??= parse(this.html, { blockTextElements: { script: true, style: true } });
    return this.parsed;
  }

  all(selector: string): Element[] {
    return this.dom.querySelectorAll(selector);
  }

  find(selector: string): Element | undefined {
    return this.all(selector)[0];
  }

  /** Text of the first match; empty if there is none. */
  words(selector: string): string {
    const found = this.find(selector);
    return found === undefined ? '' : wordsOf(found);
  }

  get title(): string {
    return this.words('title');
  }

  get heading(): string {
    return this.words('h1');
  }

  /** Text of the main part. */
  get text(): string {
    return this.words('main');
  }

  /** Id of the end reached; undefined on other pages. */
  get end(): string | undefined {
    return attribute(this.find('main'), 'data-end');
  }

  /** Id of the open question; undefined on other pages. */
  get question(): string | undefined {
    const inputs = this.all('#question input');
    return attribute(
      inputs.find((input) => attribute(input, 'name') === 'question'),
      'value',
    );
  }

  /** Error messages, beside fields or in the summary. */
  get errors(): string[] {
    return this.all('.govuk-error-summary__list a').map(wordsOf);
  }

  /** The first form that is sent to `action`. */
  form(action: string | RegExp): Form {
    const fits = (form: Element) => {
      const found = attribute(form, 'action') ?? '';
      return typeof action === 'string' ? found === action : action.test(found);
    };
    const found = this.all('form').find(fits);
    if (found === undefined) throw new Error(`${this.url} has no form for ${action}: ${this.heading}`);
    return readForm(found);
  }

  get questionForm(): Form {
    return this.form(/\/answers$/);
  }
}

function readForm(form: Element): Form {
  const read: Form = {
    action: attribute(form, 'action') ?? '',
    method: attribute(form, 'method') ?? 'get',
    sends: new URLSearchParams(),
    offers: new Map(),
    writes: [],
  };
  for (const field of form.querySelectorAll('input, textarea')) readField(read, field);
  return read;
}

function readField({ sends, offers, writes }: Form, field: Element): void {
  const [name, value] = [attribute(field, 'name') ?? '', attribute(field, 'value') ?? ''];
  const type = field.tagName === 'TEXTAREA' ? 'textarea' : (attribute(field, 'type') ?? 'text');
  if (type === 'hidden') sends.append(name, value);
  else if (type === 'radio' || type === 'checkbox') {
    offers.set(name, [...(offers.get(name) ?? []), value]);
    if (field.hasAttribute('checked')) sends.append(name, value);
  } else {
    writes.push(name);
    sends.append(name, type === 'textarea' ? field.textContent : value);
  }
}

export function attribute(element: Element | null | undefined, name: string): string | undefined {
  return element?.getAttribute(name);
}

const WITHIN_A_LINE = /^(a|b|br|cite|em|i|span|strong)$/;

/** The text as it is read: separate blocks become separate words. */
export function wordsOf(element: Element): string {
  return textOf(element).replace(/\s+/g, ' ').trim();
}

function textOf(node: Node): string {
  if (node.nodeType === NodeType.TEXT_NODE) return node.textContent;
  const text = node.childNodes.map(textOf).join('');
  return WITHIN_A_LINE.test(node.rawTagName) ? text : ` ${text} `;
}
