/**
 * The JSON Schema of the content files, for editors: it completes keys, words and ids, and underlines mistakes. Generated from the zod
 * schemas, with the ids of one area filled in.
 */
import * as z from 'zod';
import type { Content } from './content.ts';
import * as schema from './schema.ts';
import { instrument } from './schema-instrument.ts';
import { FRONT_DOOR, knownIn, type Scope } from './scope.ts';

type Json = Record<string, unknown>;

/** YAML key → ids that are allowed there. */
type Ids = Record<string, string[]>;

export function jsonSchemas(scope: Scope): Record<string, Json> {
  const ids = idsOf(scope);
  const files = Object.entries(schema.FILES).map(([name, file]) => [name, describe(file, ids)] as const);
  return Object.fromEntries([...files, ['instrument', describe(instrument, ids)], ['flow', describeFlow(ids)]]);
}

function describeFlow(ids: Ids): Json {
  const head = describe(schema.flow, ids);
  const kinds = Object.values(schema.steps).map((step) => withoutDialect(describe(step, ids)));
  const properties = { ...(head.properties as Json), steps: { type: 'array', minItems: 1, items: { anyOf: kinds } } };
  return { ...head, properties };
}

/** Ids are defined once, in `$defs`. */
function definitions(ids: Ids): Json {
  return Object.fromEntries(Object.entries(ids).map(([key, known]) => [key, { enum: known }]));
}

function withoutDialect({ $schema: _dialect, $defs: _ids, ...rest }: Json): Json {
  return rest;
}

function describe(zod: z.ZodType, ids: Ids): Json {
  const json = z.toJSONSchema(zod, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
  return { ...(fillIn(json, ids) as Json), $defs: definitions(ids) };
}

/** Editors read `from: 0` and `5.10` as numbers, where this program reads text. Both must be accepted. */
const SCALAR = ['string', 'number', 'boolean'];

function fillIn(node: unknown, ids: Ids, key?: string): unknown {
  if (Array.isArray(node)) return node.map((item) => fillIn(item, ids, key));
  if (node === null || typeof node !== 'object') return node;
  const json = node as Json;
  const known = key === undefined ? undefined : ids[key];
  if (json.type === 'string') {
    if (known !== undefined) return { $ref: `#/$defs/${encodeURIComponent(key ?? '')}` };
    return 'enum' in json || 'const' in json ? json : { ...json, type: SCALAR };
  }
  const filled = Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      if (name === 'properties') return [name, fillProperties(value as Json, ids)];
      return [name, fillIn(value, ids, ['anyOf', 'items'].includes(name) ? key : undefined)];
    }),
  );
  return filled;
}

function fillProperties(properties: Json, ids: Ids): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, fillIn(value, ids, name)]));
}

function idsOf(scope: Scope): Ids {
  // The placeholder for each area's own front door.
  const contacts = [...knownIn(scope, 'contacts'), FRONT_DOOR];
  return {
    contact: contacts,
    contacts,
    'first contact': contacts,
    with: contacts,
    'front door': contacts,
    'out of hours': contacts,
    cite: citesOf(scope.own, scope.national),
    call: knownIn(scope, 'flows'),
    next: knownIn(scope, 'next'),
    record: knownIn(scope, 'record'),
    define: knownIn(scope, 'definitions'),
    means: knownIn(scope, 'meanings'),
    law: knownIn(scope, 'sources'),
  };
}

function citesOf(...contents: (Content | undefined)[]): string[] {
  return contents.flatMap((content) =>
    [...(content?.sources.values() ?? [])].flatMap((source) =>
      Object.keys(source.value.paragraphs).map((paragraph) => `${source.id} ${paragraph}`),
    ),
  );
}
