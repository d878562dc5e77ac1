import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { readFolder } from '../../server/flow/language/folder.ts';
import { jsonSchemas } from '../../server/flow/language/json-schema.ts';
import { NATIONAL } from '../../server/flow/words.ts';
import { TODAY } from './small-content.ts';

const files = readFolder('flows');
const { library } = loadLibrary(files, TODAY);

function validator(folder: string, name: string) {
  const own = library.areas.get(folder)?.content;
  const national = library.areas.get(NATIONAL)?.content;
  if (own === undefined || national === undefined) throw new Error(`no content in ${folder}`);
  const schemas = jsonSchemas({ own, ...(folder !== NATIONAL && { national }) });
  const schema = schemas[name.replace('.yaml', '')] ?? schemas.flow;
  return new Ajv2020({ strict: false }).compile(schema as object);
}

describe('the JSON Schema for editors', () => {
  it.each(files)('accepts $folder/$name, as an editor reads it', ({ folder, name, text }) => {
    const validate = validator(folder, name);
    validate(parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('underlines an unknown key, and an id that is not there', () => {
    const validate = validator('bury', 'contacts.yaml');
    const contact = { name: 'A', for: 'b', cite: 'BT 5.7', 'checked on': 'not checked' };
    expect(validate({ contacts: { a: contact } })).toBe(true);
    expect(validate({ contacts: { a: { ...contact, fone: '1' } } })).toBe(false);
    expect(validate({ contacts: { a: { ...contact, cite: 'BT 77' } } })).toBe(false);
  });
});
