/**
 * The unit in which limits count addresses: an IPv4 address, or the first 64 bits of an IPv6 address, since a reader
 * who has one has its whole /64. An IPv4 address in a socket's IPv6 form (`::ffff:192.0.2.1`) is that IPv4 address.
 * Anything else is returned unchanged.
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

/** A proxy on this machine, or somebody trying out the service: then the sender of the request is unknown. */
export function isLoopback(network: string): boolean {
  return network.startsWith('127.') || network === '0:0:0:0::/64' || network === '';
}
