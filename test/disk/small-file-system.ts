/** A file system in memory, as small as wanted, that only one program sees, and that is gone with it. */
import { spawnSync } from 'node:child_process';

/** The command, in a namespace of its own in which the folder is such a file system. `options`: such as `size=140m`. */
export function withFileSystem(folder: string, options: string, command: readonly string[]): string[] {
  const script = `mount -t tmpfs -o mode=0700,${options} tmpfs "$0" && exec "$@"`;
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, folder, ...command];
}

/** The command, with the folder mounted so that nothing can be written in it. */
export function withReadOnly(folder: string, command: readonly string[]): string[] {
  const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, folder, ...command];
}

/** False, with a sentence, where mounting is not allowed. */
export function canMount(): boolean {
  const [first = '', ...rest] = withFileSystem('/mnt', 'size=64k', ['true']);
  if (spawnSync(first, rest).status === 0) return true;
  console.log(
    'Tests with a small or read-only disk are left out: file systems cannot be mounted here (unshare, Linux)',
  );
  return false;
}
