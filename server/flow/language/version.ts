/** The version of a flow or an instrument: a hash of its content. */
import { createHash } from 'node:crypto';

const versions = new WeakMap<object, string>();

/** 16 hex digits: the hash of everything that the flow or instrument can show. */
export function versionOf(content: object): string {
  const known = versions.get(content);
  if (known !== undefined) return known;
  const version = createHash('sha256').update(canonical(content)).digest('hex').slice(0, 16);
  versions.set(content, version);
  return version;
}

/** JSON with sorted keys, so that only the order of lists affects the version. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(',')}}`;
}
