/** The body of a form → its values, within a limit. Nothing is parsed that came from elsewhere. */
import type { Context, HonoRequest } from 'hono';
import { LARGEST_BODY } from '../../base/largest-body.ts';
import { checkFormToken } from './guards.ts';
import { WebProblem } from './problem.ts';
import type { Env } from './services.ts';

/** A body can be read once; the drafts ask for the form again after the route has. */
const bodies = new WeakMap<Request, Promise<string>>();

/** Throws `WebProblem` "cross-site" when no page of ours in this browser made the form, and `PageOfAnother` when it was somebody else's. */
export async function readForm(c: Context<Env>): Promise<URLSearchParams> {
  const form = await readSent(c);
  checkFormToken(c, form.get('token') ?? undefined);
  return form;
}

/** Whoever made the form: nothing may be done by it. */
export async function readSent(c: Context<Env>): Promise<URLSearchParams> {
  const body = bodies.get(c.req.raw) ?? readBody(c.req);
  bodies.set(c.req.raw, body);
  return new URLSearchParams(await body);
}

/** Node enforces Content-Length; without one we count while reading. Throws `WebProblem` "too large". */
export async function readBody(request: HonoRequest): Promise<string> {
  const declared = request.header('Content-Length');
  if (Number(declared ?? 0) > LARGEST_BODY) throw new WebProblem('too large');
  return declared === undefined ? readUncounted(request) : request.text();
}

async function readUncounted(request: HonoRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.raw.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new WebProblem('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function fieldsOf(form: URLSearchParams): Record<string, string> {
  const fields = Object.create(null) as Record<string, string>;
  for (const [name, value] of form) fields[name] ??= value;
  return fields;
}
