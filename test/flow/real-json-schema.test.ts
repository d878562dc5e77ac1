import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemas } from '../../server/flow/language/json-schema.ts';
import { FILES } from '../../server/flow/language/schema.ts';
import { NATIONAL } from '../../server/flow/national.ts';
import { isOfLanguages } from '../../server/flow/translation/read-languages.ts';
import { loadReal, realFiles } from '../real-content.ts';
import { isShort, someOf } from '../short-form.ts';

const library = loadReal();

/**
 * Compiled once for each schema, not for each file, since all flows of an area share one. Optimising the compiled code
 * takes longer than running it unoptimised.
 */
const compiled = new Map<string, ValidateFunction>();

function validator(folder: string, file: string): ValidateFunction {
  const own = library.areas.get(folder)?.content;
  const national = library.areas.get(NATIONAL)?.content;
  if (own === undefined || national === undefined) throw new Error(`no content in ${folder}`);
  const named = file.replace('.yaml', '');
  const other = named.startsWith('instruments/') ? 'instrument' : 'flow';
  const name = named in FILES ? named : other;
  const known = compiled.get(`${folder}/${name}`);
  if (known !== undefined) return known;
  const schema = jsonSchemas({ own, ...(folder !== NATIONAL && { national }) })[name];
  const made = new Ajv2020({ strict: false, code: { optimize: false } }).compile(schema as object);
  compiled.set(`${folder}/${name}`, made);
  return made;
}

// Translations have their own schema, and are checked against the English wording.
const FILES_OF_EDITORS = realFiles.filter((file) => !isOfLanguages(file));

describe('the JSON Schema for editors', () => {
  it.each(
    someOf(
      FILES_OF_EDITORS.filter(({ folder }) => !isShort || folder === 'bury'),
      4,
    ),
  )('accepts $folder/$name, as an editor reads it', ({ folder, name, text }) => {
    const validate = validator(folder, name);
    validate(parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('underlines an unknown key, and an id that does not exist', () => {
    const validate = validator('bury', 'contacts.yaml');
    const contact = { name: 'A', for: 'b', cite: 'BT 5.7', 'checked on': 'not checked' };
    expect(validate({ contacts: { a: contact } })).toBe(true);
    expect(validate({ contacts: { a: { ...contact, fone: '1' } } })).toBe(false);
    expect(validate({ contacts: { a: { ...contact, cite: 'BT 77' } } })).toBe(false);
  });
});
