/**
 * `npm run siege`: attacks a server without each protection and with it, and prints what a bystander notices.
 * `--seconds 5`: duration of each attack. docs/overload.md contains the figures of one run.
 */
import { parseArgs } from 'node:util';
import { ATTACKS, type Attack } from './attacks.ts';
import { buildWithout, removeBuilds, WITH } from './besieged.ts';
import { measure, measureStop, type Outcome } from './measure.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
});
const given = { seconds: Number(values.seconds), share: 1 };

function row(name: string, protection: string, { felt, came }: Outcome): void {
  const { p50, p99, failed, requests } = felt;
  const missed = failed === 0 ? '' : `, ${failed} failed`;
  const ms = (number: number) => (number < 100 ? number.toFixed(1) : number.toFixed(0));
  console.log(`| ${name} | ${protection} | ${ms(p50)} | ${ms(p99)} | ${requests}${missed} | ${came} |`);
}

async function besiege(attack: Attack): Promise<void> {
  const without = await measure(await buildWithout(attack.protection), attack, given);
  row(attack.name, `without the ${attack.protection}`, without);
  row(attack.name, 'with it', await measure(WITH, attack, given));
}

console.log('| attack | protection | p50, ms | p99, ms | requests of the bystander | what came of it |');
console.log('| --- | --- | --- | --- | --- | --- |');
try {
  row('none', 'all', await measure(WITH, undefined, given));
  for (const attack of ATTACKS.filter(({ name }) => name.includes(values.only))) await besiege(attack);
  const stop = 'SIGTERM, and half a request that hangs on';
  const without = await buildWithout('limits of connections');
  console.log(`| ${stop} | without the limits of connections | | | | ${await measureStop(without, 20)} |`);
  console.log(`| ${stop} | with them | | | | ${await measureStop(WITH, 20)} |`);
} finally {
  removeBuilds();
}
