/**
 * `npm run first-administrator -- bury "A. Person" a.person@example.gov.uk`: creates the first account of an area and prints its invitation
 * code, once. It does nothing if an administrator of the area has already joined: that person invites the others.
 */

import { randomBytes } from 'node:crypto';
import { localDay } from '../base/days.ts';
import { paths } from '../base/paths.ts';
import { readConfig } from '../config.ts';
import { hashCode, makeCode } from '../consultation/code.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { NATIONAL } from '../flow/national.ts';
import { parseEmail } from '../people/account.ts';
import { databaseFile, openStore } from '../store/store.ts';
import { reportFailure } from './report-failure.ts';

const USAGE = 'npm run first-administrator -- AREA "NAME" EMAIL, such as: -- bury "A. Person" a.person@example.gov.uk';

async function main([area = '', name = '', typed = '']: string[]): Promise<void> {
  const config = readConfig(process.env);
  const clock = () => new Date();
  const { library } = loadLibrary(readFolder(config.flowsDir), localDay(clock()));
  const areas = [...library.areas.keys()].filter((id) => id !== NATIONAL);
  const email = parseEmail(typed);
  if (!areas.includes(area)) throw new Error(`There is no area "${area}". There are: ${areas.join(', ')}\n${USAGE}`);
  if (name.trim() === '' || email === undefined) throw new Error(`A name and an email address are needed\n${USAGE}`);
  const code = makeCode(randomBytes);
  const store = await openStore({ ...config, file: databaseFile(config.dataDir), clock });
  try {
    const invitation = { area, name: name.trim(), email, role: 'administrator' as const, hash: hashCode(code) };
    if ((await store.people.accounts.inviteFirst(invitation)) === undefined)
      throw new Error(`The area ${area} has an administrator already, or ${email} has an account. Nothing was changed`);
  } finally {
    await store.close();
  }
  console.log(
    `${name.trim()} can now join at ${config.publicUrl ?? ''}${paths.join()} with this code, within three days:\n\n  ${code}\n`,
  );
  console.log('It is shown only once. If it is lost before it is used, run this again.');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
}
