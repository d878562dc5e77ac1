import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { createMacs, rememberFits } from '../../server/audit/mac.ts';

it('a MAC that was right once is right again, and no other is', () => {
  const { holder } = createMacs(generateKeyPairSync('ed25519').privateKey);
  let made = 0;
  const counted = {
    ...holder,
    fits: (...given: Parameters<typeof holder.fits>) => {
      made++;
      return holder.fits(...given);
    },
  };
  const remembering = rememberFits(counted);
  const mac = holder.make('browser', 'consultation');
  for (let time = 0; time < 3; time++) expect(remembering.fits(mac, 'browser', 'consultation')).toBe(true);
  expect(made).toBe(1);
  for (const facts of [
    ['browser', 'another'],
    ['another', 'consultation'],
    ['browser","consultation'],
    ['browserconsultation'],
    ['browser', 'consultation', ''],
  ])
    for (let time = 0; time < 2; time++) expect(remembering.fits(mac, ...facts)).toBe(false);
  for (const wrong of [null, undefined, '', mac.toLowerCase(), `${mac} `, holder.make('browser', 'another')])
    expect(remembering.fits(wrong, 'browser', 'consultation')).toBe(false);
});
