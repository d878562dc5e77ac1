import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { parsePrivateKey, parsePublicKey } from '../../server/audit/key-file.ts';
import { createMacs } from '../../server/audit/mac.ts';

const makePem = () =>
  Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);

it('another key in the same file is another key, and the first one again is the first', () => {
  const [one, two] = [makePem(), makePem()];
  const [first, other, again] = [one, two, one].map((pem) => parsePrivateKey(Buffer.from(pem)));
  if (first === undefined || other === undefined || again === undefined) throw new Error('no key');
  expect([first.equals(other), first.equals(again)]).toEqual([false, true]);
  expect(parsePublicKey(two).equals(createPublicKey(two))).toBe(true);
  expect(parsePublicKey(one).equals(createPublicKey(one))).toBe(true);
  const made = createMacs(first).line.make('a line');
  expect(createMacs(again).line.fits(made, 'a line')).toBe(true);
  expect(createMacs(other).line.fits(made, 'a line')).toBe(false);
});

it('the same bytes are parsed once; what is no key is refused each time, and leaves the one before', () => {
  const pem = makePem();
  const key = parsePrivateKey(pem);
  expect(parsePrivateKey(Buffer.from(pem))).toBe(key);
  for (const _time of ['first', 'again']) expect(() => parsePrivateKey(Buffer.from('no key'))).toThrow();
  expect(parsePrivateKey(pem)).toBe(key);
});

it('a key of another kind is refused: it would sign what nobody can check', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  expect(() => parsePrivateKey(Buffer.from(rsa))).toThrow('it is a key of rsa, not of ed25519');
  expect(() => parsePublicKey(Buffer.from(rsa))).toThrow('it is a key of rsa, not of ed25519');
});
