import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSources } from '../architecture.ts';

it('the address of a connection, which may be the proxy’s, is read in only one place', () => {
  const files = readSources(join(import.meta.dirname, '..', '..'));
  const reading = files.filter(({ text }) => /remoteAddress|\.addressHeader\b.*header\(/.test(text));
  expect(reading.map(({ path }) => path)).toEqual(['server/web/kit/client-address.ts']);
});
