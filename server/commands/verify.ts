/**
 * `npm run verify -- [--database FILE] [--heads FILE] [--key FILE] [--head POSITION:HASH …] [--since POSITION:HASH |
 * --newest-day]`: checks the log against its hash chain and the signed checkpoints, on a running server or a copy. By
 * default it checks the whole log; with `--since`, what was written after an earlier check ended there; with
 * `--newest-day`, what came after the newest checkpoint that is at least a day old. Reports each finding, where it is,
 * and what to do. Exits 1 if there are any. `npm run verify -- --export FILE [--key FILE]`: checks an exported record
 * on its own, without a database.
 */
import { readFileSync } from 'node:fs';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import { checkExport } from '../audit/export-proof.ts';
import { describeFindings } from '../audit/findings.ts';
import type { Verified } from '../audit/verify.ts';
import { readConfig } from '../config.ts';
import { readHeadsFor, readPublicKey } from '../store/checkpoints.ts';
import { describePeopleKey, refuseNothing, verifyInService } from '../store/in-service.ts';
import { databaseFile } from '../store/store.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

const file = { type: 'string' } as const;
const options = {
  database: file,
  heads: file,
  key: file,
  head: { type: 'string', multiple: true },
  since: { type: 'string' },
  'newest-day': { type: 'boolean' },
  export: file,
} as const;

function readPrinted(text: string, option = '--head'): CheckpointsRead['printed'][number] {
  const [, position, hash] = /^(\d+):([\w-]{8,})$/.exec(text) ?? [];
  if (position === undefined || hash === undefined)
    throw new Error(
      `${option} is "${text}". Give the line and the hash as printed, such as --head 1234:Zk3vX0q9PmRw2LtB`,
    );
  return { position: Number(position), hash };
}

/** Offline: needs only the file and the public audit key. */
function verifyExport(file: string, keyFile: string): boolean {
  const key = readPublicKey(keyFile);
  if (key === undefined)
    throw new Error(
      `${keyFile} is not a key of the audit. Give the public one with --key; who runs Front Door gets it with "openssl pkey -pubout -in audit-key.pem"`,
    );
  const checked = checkExport(readFileSync(file), key);
  if (!('made' in checked)) {
    if (checked.isOtherKey === true)
      throw new Error(
        `${file} is not proven yet: it was made by a Front Door with another key of the audit than ${keyFile}\n` +
          '  expected: the public key of the Front Door that made it\n' +
          '  to do:    ask for that key where the file comes from, and give it with --key; if it is this one, the file was changed: ask for it anew, and keep this one',
      );
    for (const problem of checked.problems) console.error(problem);
    console.error('  to do: ask for the file anew, and compare; keep this one');
    console.log(`${file} is NOT proven`);
    return false;
  }
  const { made, size, signedAt } = checked;
  const [at, , name, role, area, , consultation] = made.facts;
  console.log(
    `${file} is as it was made: ${at}, for ${[name, role, area].filter(Boolean).join(', ')}, of consultation ${consultation}. ` +
      `That stood in line ${made.position} of the log when its head over ${size} lines was signed, ${signedAt}`,
  );
  return true;
}

async function main(): Promise<boolean> {
  const { values } = readArguments({ options });
  if (values.since !== undefined && values['newest-day'] === true)
    throw new Error('Give --since or --newest-day: each says where the check begins');
  const config = readConfig(process.env);
  if (values.export !== undefined) return verifyExport(values.export, values.key ?? config.keyFile);
  // Read before the database, which may grow in the meantime, so that no checkpoint can be ahead of it.
  const files = { headsFile: values.heads ?? config.headsFile, keyFile: values.key ?? config.keyFile };
  const since = values.since === undefined ? undefined : readPrinted(values.since, '--since');
  const newest = readHeadsFor(files, values['newest-day'] === true);
  const heads = { ...newest.heads, printed: (values.head ?? []).map((text) => readPrinted(text)) };
  const began = performance.now();
  const { databaseUrl, dataDir } = config;
  if (values.database !== undefined)
    return report(await verifyInService({ file: values.database }, heads, newest.since ?? since), heads, began);
  const place = { file: databaseFile(dataDir), databaseUrl };
  await refuseNothing(place, files, 'check');
  const isSound = report(await verifyInService(place, heads, newest.since ?? since), heads, began);
  const otherKey = await describePeopleKey(place);
  if (otherKey !== undefined) console.error(otherKey);
  return isSound && otherKey === undefined;
}

/** Prints what was found. Returns whether the log is sound. `began`: when the check began, in milliseconds. */
function report({ findings, head, erased, lines }: Verified, heads: CheckpointsRead, began: number): boolean {
  for (const line of describeFindings(findings)) console.error(line);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const isSound = findings.list().length === 0;
  const words = isSound ? 'The log is as it was written' : 'The log is NOT as it was written';
  if (isSound && head.position === 0)
    console.log('There is no line in the log yet. The tables of the database are as this version makes them');
  else
    console.log(
      `${words}: ${lines} lines, ${erased} of them erased, ${heads.lines?.length ?? 0} heads, in ${seconds} s. ` +
        `It ends at ${head.position}:${head.hash.slice(0, 16)}`,
    );
  if (heads.macs === undefined)
    console.log('Whether each line bears the mark of the key was not checked: that needs the private key, with --key');
  return isSound;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  reportFailure(error);
}
