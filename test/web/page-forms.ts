/** The forms of a page, with what a browser would send of each as it stands. It reads what hono/jsx writes. */
export interface PageForm {
  action: string;
  /** One value for each name: enough for text, radio buttons and what is hidden. */
  values: Record<string, string>;
  /** Names of its text boxes. */
  texts: string[];
  /** Key of its draft. */
  draft: string;
}

export function readForms(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', body = '']) => {
    const action = attributeOf(attributes, 'action') ?? '';
    const values = readValues(body);
    return { action, values, texts: readTexts(body), draft: values.draft ?? action };
  });
}

function readTexts(body: string): string[] {
  const boxes = [...body.matchAll(/<(?:input|textarea)\b[^>]*>/g)].map(([tag]) => tag);
  const isText = (tag: string) => tag.startsWith('<textarea') || attributeOf(tag, 'type') === 'text';
  return boxes.filter(isText).flatMap((tag) => attributeOf(tag, 'name') ?? []);
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
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
