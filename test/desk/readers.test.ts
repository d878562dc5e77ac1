/** No sentence of the desk says that a referrer reads something if the asker is a caller, who cannot. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as readers from '../../server/desk/readers.ts';

const HOME = 'server/desk/readers.ts';
const NAMES_READER = /referrer (reads|never sees)|has to be answered again/i;

it('each asks whether there is a reader, and says something else to the desk of a caller', () => {
  const sentences = Object.values(readers).filter((one) => typeof one === 'function');
  expect(sentences.length).toBeGreaterThan(5);
  for (const say of sentences) {
    expect(say({ byTelephone: true })).not.toMatch(/referrer/);
    expect(say({ byTelephone: false })).not.toBe(say({ byTelephone: true }));
  }
});

it('none is written anywhere else', () => {
  const files = ['server/desk', 'server/web/desk', 'views/desk']
    .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
    .filter((file) => file !== HOME);
  expect(files.length).toBeGreaterThan(50);
  const written = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => NAMES_READER.test(line) && !/^\s*(\/\*\*|\*|\/\/)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(written).toEqual([]);
});
