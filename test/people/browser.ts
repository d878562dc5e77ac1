/** A browser without a screen: keeps cookies, fills in the form token of the page that it was on. */
import type { Hono } from 'hono';
import type { Env } from '../../server/web/parts.ts';

export interface Answer {
  status: number;
  location: string | null;
  headers: Headers;
  text: string;
}

export interface Browser {
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** The token is taken from the page `on`, or from the one that was seen last. */
  post(path: string, fields: Record<string, string>, on?: string, headers?: Record<string, string>): Promise<Answer>;
}

export function createBrowser(app: Hono<Env>, address = '192.0.2.7'): Browser {
  const cookies = new Map<string, string>();
  let token = '';
  async function send(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Cookie: cookie, 'X-Real-IP': address, Host: 'front-door.test', ...init.headers };
    const answer = await app.request(`http://front-door.test${path}`, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) keepCookie(cookies, line);
    const text = await answer.text();
    token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? token;
    return { status: answer.status, location: answer.headers.get('Location'), headers: answer.headers, text };
  }
  return {
    cookies,
    get: (path, headers) => send(path, headers && { headers }),
    async post(path, fields, on, headers) {
      if (on !== undefined || token === '') await send(on ?? '/return');
      const body = new URLSearchParams({ token, ...fields });
      return send(path, { method: 'POST', body, ...(headers && { headers }) });
    },
  };
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';');
  const [name = '', value = ''] = pair.split('=');
  if (/max-age=0/i.test(line) || value === '') cookies.delete(name);
  else cookies.set(name, value);
}
