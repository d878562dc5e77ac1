/** The OpenAPI 3.1 description, generated from the calls and their schemas. */
import * as z from 'zod';
import { CLIENT_PERMISSIONS } from '../../people/client.ts';
import { type ApiCall, CALLS } from './calls.ts';
import { API_PROBLEMS, type ApiProblemKind } from './problem.ts';
import { PROBLEM, WEBHOOK } from './schemas.ts';

/** Every call can return these. */
const ALWAYS: ApiProblemKind[] = ['not-signed-in', 'not-allowed', 'too-many', 'not-available', 'ours'];

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output') {
  const {
    $schema: _schema,
    id: _id,
    $defs: _defs,
    ...rest
  } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Record<string, unknown>;
  return rest;
}

const json = (schema: z.ZodType, io?: 'input') => ({ 'application/json': { schema: schemaOf(schema, io) } });

function describeProblems(kinds: readonly ApiProblemKind[]) {
  const byStatus = new Map<number, string[]>();
  for (const kind of kinds) {
    const [status, title] = API_PROBLEMS[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), title]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, titles]) => [status, { description: titles.join('; '), content }]),
  );
}

function parametersOf({ path, query, conditional, idempotent, ifMatch }: ApiCall) {
  const shape = (query as z.ZodObject | undefined)?.shape ?? {};
  return [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(shape).map(([name, schema]) => ({
      name,
      in: 'query',
      required: false,
      schema: schemaOf(schema as z.ZodType, 'input'),
    })),
    ...(conditional
      ? [header('If-None-Match', false, 'The ETag of an earlier answer: 304 if nothing has changed')]
      : []),
    ...(ifMatch ? [header('If-Match', true, 'The ETag of the record that the call starts from')] : []),
    ...(idempotent
      ? [header('Idempotency-Key', true, 'The same key and call again get the same answer, for a day')]
      : []),
  ];
}

function header(name: string, required: boolean, description: string) {
  return { name, in: 'header', required, description, schema: { type: 'string' } };
}

function describeCall(call: ApiCall) {
  const { action, summary, status, answer, body, problems, conditional } = call;
  return {
    operationId: action.replace(/[ .](\w)/g, (_, letter: string) => letter.toUpperCase()) + (call.part ?? ''),
    summary,
    description: `Needs the right "${CLIENT_PERMISSIONS[action]}".`,
    parameters: parametersOf(call),
    ...(body !== undefined && { requestBody: { required: true, content: json(body, 'input') } }),
    responses: {
      [status]: { description: 'Done', content: json(answer) },
      ...(conditional && { 304: { description: 'Nothing has changed' } }),
      ...describeProblems([...problems, ...ALWAYS]),
    },
  };
}

export function createOpenApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const call of CALLS) paths[call.path] = { ...paths[call.path], [call.method]: describeCall(call) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Front Door',
      version: '1',
      description: 'For case systems: what is new, records, and what became of them. Nothing here makes a referral.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    webhooks: {
      consultation: {
        post: {
          summary: 'Something happened in a consultation. Signed as Standard Webhooks has it; it may arrive twice.',
          requestBody: { required: true, content: json(WEBHOOK) },
          responses: { 200: { description: 'Taken. Any other answer: it is sent again later' } },
        },
      },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: schemaOf(PROBLEM) },
    },
  };
}
