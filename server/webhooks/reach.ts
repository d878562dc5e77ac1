/**
 * Where webhooks may go: to addresses of the public internet, and to networks that the operator names. Without this
 * limit, an administrator of case systems could make this server call machines inside the network that trust it. A host
 * name is looked up and checked before each call.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

export interface Address {
  address: string;
  family: number;
}

export interface Reach {
  /** Undefined for a host name, which has to be looked up first. */
  allows(host: string): boolean | undefined;
  /** Those addresses of a host that may be called. Throws if there are none. */
  find(host: string): Promise<Address[]>;
}

/**
 * Ranges that the registries of special-purpose addresses set apart (RFC 6890 and its successors), multicast, and
 * reserved ranges.
 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Tunnels, which can lead to any IPv4 address; protocols; documentation.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];
/**
 * All other IPv6 addresses belong to this machine or this network, are not allocated, or are IPv4 addresses in another
 * form.
 */
const PUBLIC_IPV6 = ['2000::/3'];

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const [notPublic, publicIpv6] = [listOf(NOT_PUBLIC), listOf(PUBLIC_IPV6)];

/** `networks`: for example `10.20.0.0/16`. */
export function createReach(networks: readonly string[]): Reach {
  const named = listOf(networks);
  const allowsAddress = (address: string) => {
    const family = familyOf(address);
    if (named.check(address, family)) return true;
    return !notPublic.check(address, family) && (family === 'ipv4' || publicIpv6.check(address, family));
  };
  return {
    allows(host) {
      const address = host.replace(/^\[|\]$/g, '').replace(/^localhost$/, '127.0.0.1');
      return isIP(address) === 0 ? undefined : allowsAddress(address);
    },
    async find(host) {
      const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true });
      const allowed = found.filter(({ address }) => allowsAddress(address));
      if (allowed.length > 0) return allowed;
      // The message does not contain the address, so that nobody can explore the network by trying names.
      throw new Error(`${host} leads into the network: whoever runs Front Door can allow that, WEBHOOK_NETWORKS`);
    },
  };
}
