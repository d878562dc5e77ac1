import { readReferences } from '../../server/base/letter-references.ts';

/** The forms of a page, with what a browser would send for each as it is. It parses HTML as hono/jsx writes it. */
export interface PageForm {
  action: string;
  /** One value for each name, which is enough for text, radio buttons and hidden inputs. */
  values: Record<string, string>;
  /** Names of its text boxes. */
  texts: string[];
  /** Names and values of radio buttons and checkboxes that are not chosen yet. */
  choices: [string, string][];
  /** Hidden inputs, without the token. */
  hidden: Record<string, string>;
  /** Key of its draft. */
  draft: string;
  /** Its opening tag. */
  tag: string;
  hasPassword: boolean;
}

export function readForms(html: string): PageForm[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)].map(([whole, inside = '']) => {
    const tag = /^<form\b[^>]*>/.exec(whole)?.[0] ?? '';
    const action = attributeOf(tag, 'action') ?? '';
    const id = attributeOf(tag, 'id');
    const beside = id === undefined ? '' : (html.match(new RegExp(`<input\\b[^>]*\\sform="${id}"[^>]*>`, 'g')) ?? []);
    const body = [inside, ...beside].join('');
    const values = readValues(body);
    const hidden = Object.fromEntries(
      inputsOf(body, 'hidden').map((input) => [attributeOf(input, 'name') ?? '', attributeOf(input, 'value') ?? '']),
    );
    delete hidden.token;
    return {
      action,
      values,
      texts: readTexts(body),
      choices: readChoices(body),
      hidden,
      draft: values.draft ?? action,
      tag,
      hasPassword: inputsOf(body, 'password').length > 0,
    };
  });
}

function inputsOf(body: string, ...types: string[]): string[] {
  const inputs = [...body.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  return inputs.filter((tag) => types.includes(attributeOf(tag, 'type') ?? 'text'));
}

function readTexts(body: string): string[] {
  const boxes = [...body.matchAll(/<(?:input|textarea)\b[^>]*>/g)].map(([tag]) => tag);
  const isText = (tag: string) =>
    tag.startsWith('<textarea') || ['text', 'email', 'search', 'tel'].includes(attributeOf(tag, 'type') ?? 'text');
  return boxes.filter(isText).flatMap((tag) => attributeOf(tag, 'name') ?? []);
}

function readChoices(body: string): [string, string][] {
  return inputsOf(body, 'radio', 'checkbox')
    .filter((tag) => !/\schecked\b/.test(tag))
    .map((tag) => [attributeOf(tag, 'name') ?? '', attributeOf(tag, 'value') ?? '']);
}

function readValues(body: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [tag] of body.matchAll(/<input\b[^>]*>/g)) {
    const name = attributeOf(tag, 'name');
    const isChoice = ['radio', 'checkbox'].includes(attributeOf(tag, 'type') ?? '');
    if (name !== undefined && (!isChoice || /\schecked\b/.test(tag))) values[name] = attributeOf(tag, 'value') ?? '';
  }
  for (const [, tag = '', text = ''] of body.matchAll(/<textarea\b([^>]*)>([^<]*)<\/textarea>/g))
    values[attributeOf(tag, 'name') ?? ''] = readText(text.replace(/^\n/, ''));
  // The token differs from browser to browser.
  delete values.token;
  return values;
}

function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : readText(value);
}

function readText(text: string): string {
  return readReferences(text)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
