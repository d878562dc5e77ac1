/** The forms of a page, with what a browser would send of each as it stands. It reads what hono/jsx writes. */
export interface PageForm {
  action: string;
  /** One value for each name: enough for text, radio buttons and what is hidden. */
  values: Record<string, string>;
}

export function readForms(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', body = '']) => ({
    action: attributeOf(attributes, 'action') ?? '',
    values: readValues(body),
  }));
}

function readValues(body: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [tag] of body.matchAll(/<input\b[^>]*>/g)) {
    const name = attributeOf(tag, 'name');
    const isChoice = ['radio', 'checkbox'].includes(attributeOf(tag, 'type') ?? '');
    if (name !== undefined && (!isChoice || /\schecked\b/.test(tag))) values[name] = attributeOf(tag, 'value') ?? '';
  }
  for (const [, tag = '', text = ''] of body.matchAll(/<textarea\b([^>]*)>([^<]*)<\/textarea>/g))
    values[attributeOf(tag, 'name') ?? ''] = readText(text);
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
