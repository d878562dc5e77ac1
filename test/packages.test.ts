/** Each package is pinned, so that what runs is what was tested until somebody changes it on purpose. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Locked {
  integrity?: string;
  dev?: boolean;
}

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', name), 'utf8'));
const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>;
const named = Object.entries({ ...dependencies, ...devDependencies });
const locked = Object.entries(read('package-lock.json').packages as Record<string, Locked>);

it('each named package has one exact version', () => {
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('each package used in service is checked against its digest', () => {
  const running = locked.filter(([path, { dev }]) => path !== '' && dev !== true);
  expect(running.length).toBeGreaterThan(20);
  expect(running.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true)).toEqual([]);
});
