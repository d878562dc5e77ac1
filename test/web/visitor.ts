/** A browser without scripts: keeps cookies, follows redirects, and sends the forms that it gets. */
import { type Form, Page } from './page.ts';

export type Fields = Record<string, string | number | readonly (string | number)[]>;
export type Sent = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };
export type Fetch = (path: string, init: RequestInit) => Response | Promise<Response>;

const HOST = 'front-door.test';
const MOST_REDIRECTS = 5;

export class Visitor {
  readonly cookies = new Map<string, string>();
  private readonly fetch: Fetch;

  constructor(fetch: Fetch) {
    this.fetch = fetch;
  }

  /** A single request; redirects are not followed. */
  async request(path: string, init: Sent = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Host: HOST, ...(cookie !== '' && { Cookie: cookie }), ...init.headers };
    const response = await this.fetch(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) this.take(line);
    return response;
  }

  private take(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/;\s*max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  async go(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.follow(path, await this.request(path, { headers }));
  }

  /** Sends a form's values as they are; nothing is added. */
  async post(path: string, fields: URLSearchParams | Fields, headers: Record<string, string> = {}): Promise<Page> {
    const body = (fields instanceof URLSearchParams ? fields : encode(fields)).toString();
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return this.follow(path, await this.request(path, { method: 'POST', body, headers: { ...type, ...headers } }));
  }

  /** Sends a form of the page, with some fields filled in. */
  send(form: Form, fields: Fields = {}, headers: Record<string, string> = {}): Promise<Page> {
    const sends = new URLSearchParams(form.sends);
    for (const name of Object.keys(fields)) sends.delete(name);
    for (const [name, value] of encode(fields)) sends.append(name, value);
    return this.post(form.action, sends, headers);
  }

  private async follow(path: string, first: Response): Promise<Page> {
    const way = [path];
    let response = first;
    for (let count = 0; response.status === 303 && count < MOST_REDIRECTS; count++) {
      const next = response.headers.get('Location') ?? '';
      if (/^https?:/.test(next)) break;
      way.push(next);
      response = await this.request(next.replace(/#.*/, ''));
    }
    return new Page(response, await response.text(), way);
  }
}

export function encode(fields: Fields): URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(pairs);
}
