/**
 * A visitor with an address of their own, who sends the form token of the page that they were on. Redirects are shown,
 * not followed.
 */
import type { Hono } from 'hono';
import type { Env } from '../../../server/web/kit/services.ts';
import { type Sent, Visitor } from '../visitor.ts';

export interface Answer {
  status: number;
  location: string | null;
  headers: Headers;
  text: string;
}

export interface Browser {
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Takes the token from the page `on`, or else from the last page. */
  post(path: string, fields: Record<string, string>, on?: string, headers?: Record<string, string>): Promise<Answer>;
}

export function createBrowser(app: Hono<Env>, address = '192.0.2.7'): Browser {
  const visitor = new Visitor((path, init) => app.request(`http://front-door.test${path}`, init));
  let token = '';
  async function send(path: string, init: Sent = {}): Promise<Answer> {
    const answer = await visitor.request(path, { ...init, headers: { 'X-Real-IP': address, ...init.headers } });
    const text = await answer.text();
    token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? token;
    return { status: answer.status, location: answer.headers.get('Location'), headers: answer.headers, text };
  }
  return {
    cookies: visitor.cookies,
    get: (path, headers) => send(path, headers && { headers }),
    async post(path, fields, on, headers) {
      if (on !== undefined || token === '') await send(on ?? '/return');
      const body = new URLSearchParams({ token, ...fields });
      return send(path, { method: 'POST', body, ...(headers && { headers }) });
    },
  };
}
