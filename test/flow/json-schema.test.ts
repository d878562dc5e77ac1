/** The JSON Schemas for the content of a small area. `real-json-schema.test.ts` checks that they accept the real files. */
import { describe, expect, it } from 'vitest';
import { readContent } from '../../server/flow/language/content.ts';
import { jsonSchemas } from '../../server/flow/language/json-schema.ts';
import { deskTown } from './small-desk.ts';

const RECORD = 'record:\n  reason: { write: Why, cite: DOC 1 }\n';
const DEFINITIONS = 'definitions:\n  harm: { term: Harm, text: Hurt., cite: DOC 1 }\n';
const files = [
  ...deskTown(),
  { folder: 'town', name: 'record.yaml', text: RECORD },
  { folder: 'national', name: 'definitions.yaml', text: DEFINITIONS },
];
const contentOf = (folder: string) =>
  readContent(
    folder,
    files.filter((file) => file.folder === folder),
  ).content;

type Json = { [key: string]: Json };
const schemas = () => jsonSchemas({ own: contentOf('town'), national: contentOf('national') }) as Record<string, Json>;
/** The value at a path such as `properties/desk`. */
const at = (json: Json | undefined, path: string) =>
  path.split('/').reduce<Json | undefined>((inner, key) => inner?.[key], json);

const TEXT = ['string', 'number', 'boolean'];
const ref = (id: string) => ({ $ref: `#/$defs/${id}` });
const listOf = (item: object) => ({ anyOf: [{ type: 'array', minItems: 1, items: item }, item] });

describe('the JSON Schema', () => {
  it('is there for each file, and for flows', () => {
    expect(Object.keys(schemas()).sort()).toEqual([
      ...[
        'area',
        'cases',
        'contacts',
        'definitions',
        'desk',
        'examples',
        'floor',
        'flow',
        'hand_offs',
        'handover_sheet',
        'holidays',
        'instrument',
        'meanings',
      ],
      ...[
        'next_hours',
        'pathway',
        'phrases',
        'questions',
        'record',
        'requirements',
        'retired',
        'safety',
        'script',
        'search',
        'sources',
        'stricter',
        'timetable',
        'used',
        'withdrawn',
      ],
    ]);
    expect(schemas().flow?.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  it('has the ids of the area and the national ones once, at the end', () => {
    const contacts = { enum: ['desk', 'police', 'front_door'] };
    const ids = {
      contact: contacts,
      contacts,
      'first contact': contacts,
      with: contacts,
      'front door': contacts,
      'out of hours': contacts,
      cite: { enum: ['DOC 1', 'DOC 2', 'NAT 1', 'NAT 2'] },
      call: { enum: ['worry', 'ring'] },
      next: { enum: ['visit', 'letter'] },
      record: { enum: ['reason'] },
      define: { enum: ['harm'] },
      means: { enum: [] },
      law: { enum: ['DOC', 'NAT'] },
    };
    for (const schema of Object.values(schemas())) expect(schema.$defs).toEqual(ids);
    expect(at((jsonSchemas({ own: contentOf('national') }) as Record<string, Json>).flow, '$defs/cite/enum')).toEqual([
      'NAT 1',
      'NAT 2',
    ]);
  });

  it('has each kind of step, without ids of its own', () => {
    const { flow } = schemas();
    const kinds = at(flow, 'properties/steps/items/anyOf') as unknown as Json[];
    expect(kinds.map(({ properties }) => Object.keys(properties ?? {})[0])).toEqual([
      ...['say', 'ask', 'advise', 'call', 'end'],
    ]);
    for (const kind of kinds)
      expect(Object.keys(kind)).toEqual(['type', 'properties', 'required', 'additionalProperties']);
    expect(at(flow, 'properties/steps')).toMatchObject({ type: 'array', minItems: 1 });
    expect(at(flow, 'properties/title')).toEqual({ type: TEXT, minLength: 1 });
  });

  it('lists ids where ids are allowed, alone or in a list', () => {
    const kinds = at(schemas().flow, 'properties/steps/items/anyOf') as unknown as Json[];
    const [say, asks, advise, call, end] = kinds.map(({ properties }) => properties);
    expect(say?.cite).toEqual(listOf(ref('cite')));
    expect(say?.law).toEqual(ref('law'));
    expect(asks?.define).toEqual(listOf(ref('define')));
    expect(call?.call).toEqual(ref('call'));
    expect(advise?.contact).toEqual(listOf(ref('contact')));
    expect(advise?.record).toEqual(listOf(ref('record')));
    expect(end?.contacts).toEqual({ type: 'array', minItems: 1, items: ref('contacts') });
    expect(end?.next).toEqual(listOf(ref('next')));
    expect(at(schemas().area, 'properties/front door')).toEqual(ref('front%20door'));
    expect(at(schemas().timetable, 'properties/next/additionalProperties/properties/with')).toEqual(ref('with'));
  });

  it('accepts numbers as text, and only known words', () => {
    const { contacts, flow } = schemas();
    const contact = at(contacts, 'properties/contacts/additionalProperties/properties');
    expect(contact?.phone).toEqual({ type: TEXT, minLength: 1 });
    const end = at(flow, 'properties/steps/items/anyOf/4/properties');
    expect(end?.parents).toEqual({ type: 'string', enum: ['tell', 'as the child wishes', 'ask first', 'do not tell'] });
    const advise = at(flow, 'properties/steps/items/anyOf/2/properties');
    // biome-ignore lint/complexity/useLiteralKeys: `then` is a word of the flow language
    expect(advise?.['then']).toEqual({ type: 'string', const: 'return' });
  });

  it('does not mistake a block for an id because of its key', () => {
    expect(at(schemas().timetable, 'properties/next/type')).toBe('object');
    expect(at(schemas().timetable, 'properties/next/propertyNames')).toMatchObject({ type: TEXT });
    expect(at(schemas().record, 'properties/record/additionalProperties/properties/write')).toEqual({
      type: TEXT,
      minLength: 1,
    });
  });
});
