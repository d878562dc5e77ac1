/** Reads the body of a form, up to a limit. Forms from other sites are not parsed. */
import type { Context, HonoRequest } from 'hono';
import { LARGEST_BODY } from '../../base/largest-body.ts';
import { checkFormToken } from './guards.ts';
import { WebProblem } from './problem.ts';
import type { Env } from './services.ts';

/** A body can only be read once, but the drafts need the form again after the route has read it. */
const bodies = new WeakMap<Request, Promise<string>>();

/**
 * Throws `WebProblem` "cross-site" if no page of ours in this browser made the form, and `PageOfAnother` if it was made
 * for somebody else.
 */
export async function readForm(c: Context<Env>): Promise<URLSearchParams> {
  const form = await readSent(c);
  checkFormToken(c, form.get('token') ?? undefined);
  return form;
}

/** Reads a form whoever made it: only for use where nothing is done with it. */
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
