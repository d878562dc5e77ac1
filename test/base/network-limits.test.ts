import { describe, expect, it } from 'vitest';
import { isLoopback, networkOf } from '../../server/base/network.ts';
import { createNetworkLimit } from '../../server/base/network-limits.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
  ['unknown', 'unknown'],
])('the network of %j is %j', (address, network) => expect(networkOf(address)).toBe(network));

it('addresses in the same /64 are one network, and in different ones two', () => {
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::9'));
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1', ''].map((one) => isLoopback(networkOf(one)))).not.toContain(false);
  expect(['192.0.2.1', '2001:db8::1'].map((one) => isLoopback(networkOf(one)))).not.toContain(true);
});

describe('a rate limit', () => {
  function open(limits = { atOnce: 10, aMinute: 6 }) {
    let now = 0;
    const limit = createNetworkLimit(limits, () => now);
    const take = (network: string, count: number) =>
      Array.from({ length: count }, () => limit.mayGoOn(network)).filter(Boolean).length;
    return { take, pass: (ms: number) => (now += ms) };
  }

  it('allows a number of requests at once, and a number per minute after that', () => {
    const { take, pass } = open();
    expect(take('a', 50)).toBe(10);
    pass(10_000);
    expect(take('a', 50)).toBe(1);
    pass(60_000);
    expect(take('a', 50)).toBe(6);
    pass(3_600_000);
    expect(take('a', 50)).toBe(10);
  });

  it('does not let one network affect another', () => {
    const { take } = open();
    take('a', 1000);
    expect(take('b', 10)).toBe(10);
  });

  it('forgets the quietest of very many networks, and not one that is still active', () => {
    const { take } = open();
    take('flood', 10);
    for (let count = 0; count < 40_000; count++) {
      take(`n${count}`, 1);
      if (count % 1000 === 0) expect(take('flood', 1)).toBe(0);
    }
  });
});
