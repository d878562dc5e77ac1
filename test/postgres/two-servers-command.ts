/**
 * `npm run two-servers -- --kills 40`: two servers on one PostgreSQL database under load; one of them is killed again
 * and again. Prints what was acknowledged; exits 1 if anything is lost or there twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { query, startPostgres } from './server.ts';
import { tryTwoServers } from './two-servers.ts';

/** How often, in kills, it prints its progress. */
const EVERY = 20;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '40' }, longest: { type: 'string', default: '1500' } },
});
const server = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), 'front-door-two-'));
try {
  await query(server.url(), 'create database front_door');
  const [kills, longestMs] = [Number(values.kills), Number(values.longest)];
  const { acknowledged, asked, mails, problems } = await tryTwoServers({
    url: server.url('front_door'),
    folder: join(folder, 'data'),
    kills,
    longestMs,
    onKill: (done, { acknowledged, problems }) => {
      if (done % EVERY === 0 || problems.length > 0)
        console.log(`${done} kills, ${acknowledged} acknowledged writes, ${problems.length} problems`);
    },
  });
  for (const problem of problems) console.log(problem);
  console.log(
    `${kills} kills of one of two servers, ${asked.join(' and ')} requests, ${acknowledged} acknowledged writes, ${mails} mails, ${problems.length} problems`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
}
