/** Checks the machine: the version of Node, the clock, and the disk with the data. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bad, type DoctorFinding, good, look } from './finding.ts';

/** `statfs` codes of file systems on which SQLite's locks cannot be trusted. */
const NETWORK_FILE_SYSTEMS = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB 2'],
  [0x65735546, 'FUSE'],
]);
const MB = 1024 * 1024;
const LEAST_FREE_MB = 1024;
/** If a sync of the disk takes longer, everybody has to wait. */
const SLOW_SYNC_MS = 100;
const SYNCS = 5;

export function checkNode(version: string, least: string): DoctorFinding {
  const rank = (text: string) => text.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  return rank(version) >= rank(least)
    ? good('Node', version)
    : bad('Node', `${version} is older than ${least}`, `install Node ${least} or later`);
}

export function checkDataFolder(folder: string): DoctorFinding[] {
  const nearest = nearestFolder(folder);
  try {
    accessSync(nearest, constants.W_OK | constants.R_OK);
  } catch {
    return [
      bad('data folder', `${folder} cannot be written by this user`, 'give this user the right, or set DATA_DIR'),
    ];
  }
  const { bavail, bsize, type } = statfsSync(nearest);
  const freeMb = Math.floor((bavail * bsize) / MB);
  const network = NETWORK_FILE_SYSTEMS.get(type);
  return [
    network === undefined
      ? good('data folder', `${folder}, on a local disk`)
      : bad('data folder', `${folder} stands on a network file system (${network})`, 'set DATA_DIR to a local disk'),
    freeMb >= LEAST_FREE_MB
      ? good('free space', `${freeMb} MB`)
      : bad(
          'free space',
          `${freeMb} MB, and at least ${LEAST_FREE_MB} MB are needed to work and to back up`,
          'free space',
        ),
    checkPrivacy(folder),
    checkSync(nearest),
  ];
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function checkPrivacy(folder: string): DoctorFinding {
  if (!existsSync(folder)) return good('rights', 'the folder is made at the first start, for its owner alone');
  const mode = statSync(folder).mode & 0o777;
  return (mode & 0o077) === 0
    ? good('rights', 'only the owner can read the data folder')
    : bad('rights', `others can get into ${folder} (${mode.toString(8)})`, `chmod 700 ${folder}`);
}

/** Writes a little and waits for the disk, as each commit does. */
function checkSync(folder: string): DoctorFinding {
  const file = join(folder, `.doctor-${process.pid}`);
  const handle = openSync(file, 'wx', 0o600);
  try {
    const began = performance.now();
    for (let count = 0; count < SYNCS; count++) {
      writeSync(handle, 'x'.repeat(4096));
      fsyncSync(handle);
    }
    const ms = (performance.now() - began) / SYNCS;
    const says = `${ms.toFixed(1)} ms until something written is on the disk`;
    return ms <= SLOW_SYNC_MS
      ? good('durability', says)
      : look('durability', says, 'use a faster disk: each answer waits for it');
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

/** `lastWritten`: the newest instant in the log. `heard`: the time according to another server, to the second. */
export function checkClock(now: Date, { lastWritten, heard }: { lastWritten?: string; heard?: Date }): DoctorFinding {
  const todo = 'set the clock, and keep it right by NTP: deadlines and codes of authenticator apps depend on it';
  if (lastWritten !== undefined && now.getTime() + 60_000 < Date.parse(lastWritten))
    return bad('clock', `it says ${now.toISOString()}, and the log has entries until ${lastWritten}`, todo);
  const apart = heard === undefined ? 0 : Math.abs(heard.getTime() - now.getTime()) / 1000;
  if (apart > 30) return bad('clock', `it is ${Math.round(apart)} seconds apart from that of another server`, todo);
  return good('clock', `${now.toISOString()}${heard === undefined ? '' : ', as another server has it'}`);
}
