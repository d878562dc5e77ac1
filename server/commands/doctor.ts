/**
 * `npm run doctor`: prints the settings without secrets, and checks the machine, the disk, the clock, the database, the
 * log, backups, flows, the proxy, certificates, mail, sign-in, and packages with known weaknesses. Says what to do
 * about each. Exits 1 if something is bad. Changes nothing.
 */
import { localDay } from '../base/days.ts';
import { readConfig } from '../config.ts';
import { checkBackups, checkDatabase, checkErasure, checkFlows } from '../doctor/data.ts';
import { type DoctorFinding, describeFinding } from '../doctor/finding.ts';
import { checkClock, checkDataFolder, checkNode } from '../doctor/machine.ts';
import { checkCertificate, checkMail, checkOrganisation, checkPublicUrl } from '../doctor/network.ts';
import { checkPackages } from '../doctor/packages.ts';
import { describeGiven } from '../settings.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

const LEAST_NODE = '20.19.0';

async function examine(): Promise<DoctorFinding[]> {
  const config = readConfig(process.env);
  const now = new Date();
  const { mail, publicUrl } = config;
  const urls = [publicUrl, mail?.smtpUrl].filter((url) => url !== undefined);
  const [database, reached] = await Promise.all([checkDatabase(config), checkPublicUrl(config)]);
  const { lastWritten } = database;
  const { heard } = reached;
  return [
    checkNode(process.versions.node, LEAST_NODE),
    checkClock(now, { ...(lastWritten !== undefined && { lastWritten }), ...(heard !== undefined && { heard }) }),
    ...checkDataFolder(config.dataDir),
    ...database.findings,
    ...checkBackups(config, now),
    ...checkErasure(config, now),
    ...checkFlows(config, localDay(now)),
    ...reached.findings,
    ...(await Promise.all(urls.map((url) => checkCertificate(url, now)))).flat(),
    ...(await checkMail(config)),
    ...(await checkOrganisation(config)),
    await checkPackages(process.cwd()),
  ];
}

try {
  readArguments({});
  console.log(`${describeGiven(process.env).join('\n')}\n`);
  const findings = await examine();
  console.log(findings.map(describeFinding).join('\n'));
  process.exitCode = findings.some(({ state }) => state === 'bad') ? 1 : 0;
} catch (error) {
  reportFailure(error);
}
