/**
 * What a limit by address counts: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has one has all of its /64. An IPv4
 * address in the IPv6 form of a socket (`::ffff:192.0.2.1`) is that IPv4 address. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = address.trim().toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined || !/^[0-9a-f:.]*:[0-9a-f:.]*$/.test(plain)) return mapped ?? plain;
  const [before = '', after] = plain.split('::');
  const groups = before === '' ? [] : before.split(':');
  if (after !== undefined) {
    const rest = after === '' ? 0 : after.split(':').length + (after.includes('.') ? 1 : 0);
    while (groups.length + rest < 8) groups.push('0');
  }
  const network = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  while (network.length < 4) network.push('0');
  return `${network.join(':')}::/64`;
}

/** A proxy on this machine, or somebody who tries it out: nothing is known of who sent the request. */
export function isLoopback(network: string): boolean {
  return network.startsWith('127.') || network === '0:0:0:0::/64' || network === '';
}
