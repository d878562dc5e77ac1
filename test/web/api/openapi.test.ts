/**
 * Compares the description with the interface: whatever is sent, the answer is one that is described, in the described
 * form.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { CLIENT_PERMISSIONS } from '../../../server/people/client.ts';
import { CALLS } from '../../../server/web/api/calls.ts';
import { openApi } from './client.ts';

interface Described {
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
type Description = {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, object> };
};

async function readDescription() {
  const api = await openApi();
  const { status, body } = await api.useToken('')('GET', paths.openApi());
  expect(status).toBe(200);
  return { api, description: body as Description };
}

const sample = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constant(null),
  fc.array(fc.string()),
  fc.dictionary(fc.string(), fc.string()),
);
const opening = fc.record(
  {
    flow: fc.oneof(fc.constantFrom('level', 'consent_and_sharing', 'public'), fc.string()),
    question: fc.oneof(fc.constant('Is it for you?'), sample),
    reach: fc.oneof(fc.constant('0161 496 0000'), sample),
    asker: fc.oneof(fc.constant({ name: 'Hana Example' }), sample),
    child: fc.oneof(fc.constant({ name: 'Sam Sample' }), sample),
    answers: fc.oneof(fc.constantFrom({ immediate_danger: 'no' }, { immediate_danger: 'unknown' }), sample),
    more: sample,
  },
  { requiredKeys: ['flow'] },
);
const reporting = fc.oneof(
  fc.record({ caseNumber: fc.oneof(fc.string(), sample) }),
  fc.record({
    decision: fc.string(),
    decidedBy: fc.string(),
    decidedAt: fc.constantFrom('2026-11-22T08:00:00.000Z', 'today'),
    reason: fc.string(),
  }),
  sample,
);

describe('the OpenAPI description', () => {
  it('is valid JSON Schema throughout, names every call, and each right', async () => {
    const { description } = await readDescription();
    expect(description.openapi).toBe('3.1.0');
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(CALLS.map(({ method, path }) => `${method} ${path}`).sort());
    expect(new Set(CALLS.map(({ action }) => action))).toEqual(new Set(Object.keys(CLIENT_PERMISSIONS)));
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const methods of Object.values(description.paths))
      for (const { requestBody, responses } of Object.values(methods))
        for (const { content } of [requestBody, ...Object.values(responses)].flatMap((one) => one ?? []))
          for (const { schema } of Object.values(content ?? {}))
            if (!('$ref' in schema)) expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('holds for whatever is sent: every answer is described, has that form, and is never a server error', async () => {
    const { api, description } = await readDescription();
    const { call } = await api.makeClient(['read', 'report', 'open']);
    const { path: known } = await api.ask();
    const ajv = new Ajv2020({ strict: false, validateFormats: false, schemas: [] });
    const problem = ajv.compile(description.components.schemas.Problem ?? {});
    const compiled = new Map<object, ReturnType<typeof ajv.compile>>();
    const reference = fc.constantFrom(known.split('/').at(-1) ?? '', 'B000000000', 'x', '..%2f..');
    const etag = fc.option(fc.constantFrom('"2"', '"3"', 'x'), { nil: undefined });
    let succeeded = 0;
    const query = fc.constantFrom('', '?limit=2', '?limit=0', '?after=x', '?colour=red');
    const calls = fc.record({
      call: fc.nat(CALLS.length - 1),
      name: reference,
      open: opening,
      reports: reporting,
      match: etag,
      query,
    });
    const property = fc.asyncProperty(calls, async ({ call: number, name, open, reports, match, query }) => {
      const one = CALLS[number];
      if (one === undefined) return;
      const path = one.path.replace('{reference}', name) + (one.method === 'get' ? query : '');
      const body = one.method === 'get' ? undefined : one.action === 'consultation.open' ? open : reports;
      const headers = { ...(match !== undefined && { 'If-Match': match, 'If-None-Match': match }) };
      const answer = await call(one.method.toUpperCase(), path, { ...(body !== undefined && { body }), headers });
      const described = description.paths[one.path]?.[one.method]?.responses[String(answer.status)];
      expect([one.path, answer.status, described !== undefined]).toEqual([one.path, answer.status, true]);
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400) {
        expect(problem(answer.body), JSON.stringify(answer.body)).toBe(true);
        return;
      }
      if (answer.status === 304) return;
      succeeded++;
      const schema = described?.content?.['application/json']?.schema ?? {};
      const check = compiled.get(schema) ?? ajv.compile(schema);
      compiled.set(schema, check);
      expect(check(answer.body), JSON.stringify(check.errors)).toBe(true);
    });
    await fc.assert(property, { numRuns: 150 });
    expect(succeeded).toBeGreaterThan(10);
  }, 120_000);
});
