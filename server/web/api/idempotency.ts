/**
 * Makes sure that a writing call takes effect once: the same call with the same idempotency key gets the same answer.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { z } from 'zod';
import { readBody } from '../kit/form.ts';
import type { Services } from '../kit/services.ts';
import type { ApiEnv } from './client.ts';
import { ApiProblem, type ApiProblemKind } from './problem.ts';

interface Answer {
  status: 200 | 201;
  body: object;
}

/** Refusals are not stored. A refused call changed nothing, and may be repeated once it has been corrected. */
export async function answerOnce(
  services: Services,
  c: Context<ApiEnv>,
  text: string,
  work: (key: string) => Promise<Answer>,
) {
  const { clients } = services.store;
  const key = readKey(c);
  const request = createHash('sha256').update(`${c.req.method} ${c.req.path}\n${text}`).digest('base64url');
  const call = { client: c.get('client').id, key, request };
  const earlier = await clients.beginCall(call);
  if (earlier === 'other')
    throw new ApiProblem(
      'key-used',
      `The key "${key}" was sent with another call in the last 24 hours. Use a new key for a new call`,
    );
  if (earlier === 'busy')
    throw new ApiProblem('under-way', 'The first of these calls is not answered yet. Send it again in a minute', {
      'Retry-After': '60',
    });
  if (earlier !== 'none') return send(c, earlier.status as 200, earlier.answer);
  const { status, body } = await work(key);
  const answer = JSON.stringify(body);
  await clients.endCall(call, status, answer);
  return send(c, status, answer);
}

function readKey(c: Context<ApiEnv>): string {
  const key = c.req.header('Idempotency-Key') ?? '';
  if (/^[\x21-\x7e]{8,200}$/.test(key)) return key;
  throw new ApiProblem(
    'invalid',
    `Idempotency-Key is "${key.slice(0, 40)}". Send one of 8 to 200 letters, such as a UUID, new for each call`,
  );
}

function send(c: Context<ApiEnv>, status: 200 | 201, answer: string): Response {
  return c.body(answer, status, { 'Content-Type': 'application/json' });
}

/** With the same size limit as forms. */
export async function readJson(c: Context<ApiEnv>): Promise<string> {
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new ApiProblem('wrong-type', `Content-Type is "${type}". Send JSON as application/json`);
  return readBody(c.req);
}

/** One sentence for each mistake: where it is, what came, what was expected. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the call'}: ${message}`);
  throw new ApiProblem('invalid', wrong.join('; '));
}

export function parseJson<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ApiProblem('invalid', `The body is no JSON: ${(error as Error).message}`);
  }
  return parse(schema, value);
}

export function refuse(kind: ApiProblemKind, detail: string): never {
  throw new ApiProblem(kind, detail);
}
