/** A file system in memory, as small as wanted, which only one program sees and which disappears with it. */
import { spawnSync } from 'node:child_process';

/**
 * The command, run in its own namespace in which the folder is such a file system. `options`: for example `size=140m`.
 */
export function withFileSystem(folder: string, options: string, command: readonly string[]): string[] {
  const script = `mount -t tmpfs -o mode=0700,${options} tmpfs "$0" && exec "$@"`;
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, folder, ...command];
}

/** The command, run with the folder mounted read-only. */
export function withReadOnly(folder: string, command: readonly string[]): string[] {
  const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, folder, ...command];
}

/** False, after printing a message, if mounting is not allowed. */
export function canMount(): boolean {
  const [first = '', ...rest] = withFileSystem('/mnt', 'size=64k', ['true']);
  if (spawnSync(first, rest).status === 0) return true;
  console.log(
    'Tests with a small or read-only disk are left out: file systems cannot be mounted here (unshare, Linux)',
  );
  return false;
}
