/**
 * What is wrong with a call, in the form of RFC 9457: `application/problem+json`. `detail` says what came, what was
 * expected and what to do.
 */
import type { Context } from 'hono';

export const API_PROBLEMS = {
  'not-signed-in': [401, 'The token is missing, or is not valid'],
  'not-allowed': [403, 'The client may not do this'],
  'not-found': [404, 'There is no such thing here'],
  'wrong-method': [405, 'This is not done here'],
  conflict: [409, 'It is not as the call expects'],
  'too-large': [413, 'The body is too large'],
  'wrong-type': [415, 'The body is not JSON'],
  invalid: [422, 'The call is not valid'],
  'key-used': [422, 'The idempotency key was used for another call'],
  'under-way': [409, 'The same call is still under way'],
  'changed-meanwhile': [412, 'It was changed meanwhile'],
  'no-condition': [428, 'The call has to say which state it starts from'],
  'too-many': [429, 'There are too many calls'],
  'not-available': [503, 'Nothing can be saved at the moment'],
  ours: [500, 'Something went wrong here'],
} as const satisfies Record<string, readonly [number, string]>;
export type ApiProblemKind = keyof typeof API_PROBLEMS;

export class ApiProblem extends Error {
  readonly kind: ApiProblemKind;
  readonly headers: Record<string, string>;

  constructor(kind: ApiProblemKind, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.kind = kind;
    this.headers = headers;
  }
}

export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Id of the request, as in the log. */
  request: string;
}

/** `type` is not an address to visit. It identifies the kind of problem, and never changes. */
export function describeProblem(kind: ApiProblemKind, detail: string, request: string): ProblemDetails {
  const [status, title] = API_PROBLEMS[kind];
  return { type: `urn:front-door:problem:${kind}`, title, status, detail, request };
}

export function sendProblem(c: Context, details: ProblemDetails, headers: Record<string, string> = {}): Response {
  const all = { ...headers, 'Content-Type': 'application/problem+json' };
  return c.body(JSON.stringify(details), details.status as 400, all);
}
