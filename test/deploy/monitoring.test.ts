/** The systemd unit, and the files for Prometheus and Grafana, each checked by the real program if it is installed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { readConfig } from '../../server/config.ts';
import { createMetricsApp } from '../../server/web/site/metrics.ts';
import { makeFolder } from '../store/temporary.ts';
import { openApp } from '../web/app.ts';

const deploy = join(import.meta.dirname, '..', '..', 'deploy');
const read = (name: string) => readFileSync(join(deploy, name), 'utf8');
const isThere = (program: string) => spawnSync('which', [program]).status === 0;

async function exported(): Promise<string> {
  const { services, visit } = await openApp();
  await visit().request('/');
  const app = createMetricsApp({ ...services, checkpointedAt: services.clock });
  return (await app.request(paths.metrics())).text();
}

const UNITS = ['front-door.service', 'front-door-backup.service', 'front-door-backup.timer'];

describe('the units of systemd', () => {
  it.skipIf(!isThere('systemd-analyze'))('are accepted by systemd, and give the service few rights', () => {
    for (const unit of UNITS.filter((name) => name.endsWith('.service'))) {
      const args = ['security', '--offline=true', '--threshold=20', '--no-pager', join(deploy, unit)];
      const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
      expect(status, stdout).toBe(0);
    }
    const files = UNITS.map((name) => join(deploy, name));
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' });
    // The program that the units start is not installed here.
    expect(stderr.split('\n').filter((line) => line !== '' && !line.includes('not executable'))).toEqual([]);
  });

  it('run the backup, and each command by hand, as the same user with the same settings and data', () => {
    const lineOf = (text: string, name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1];
    const [service, backup] = [read('front-door.service'), read('front-door-backup.service')];
    for (const name of ['User', 'Group', 'EnvironmentFile', 'Environment', 'WorkingDirectory', 'StateDirectory'])
      expect([name, lineOf(backup, name)]).toEqual([name, lineOf(service, name)]);
    // The commands that it is told to run are recorded instead.
    const folder = makeFolder();
    writeFileSync(join(folder, 'systemd-run'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const script = read('front-door-command').replaceAll('/opt/front-door', folder);
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'restore.js'), '');
    const env = { PATH: `${folder}:${process.env.PATH}` };
    const run = (...given: string[]) => spawnSync('sh', ['-c', script, 'sh', ...given], { env, encoding: 'utf8' });
    const told = run('restore', '--key', '/root/a key.txt');
    expect(told.stdout.split('\n').slice(-5)).toEqual([
      '/usr/bin/node',
      `${folder}/dist/restore.js`,
      '--key',
      '/root/a key.txt',
      '',
    ]);
    expect(told.stdout).toContain(`--uid=${lineOf(service, 'User')}\n`);
    expect(told.stdout).toContain(`--property=EnvironmentFile=${lineOf(service, 'EnvironmentFile')}\n`);
    expect(told.stdout).toContain(`--setenv=${lineOf(service, 'Environment')}\n`);
    expect(run('nothing')).toMatchObject({ status: 2, stderr: expect.stringContaining('Which command?') });
  });

  it('come with settings that the server accepts', () => {
    const lines = read('front-door.env.example').split('\n');
    const pairs = lines.map((line) => /^#?([A-Z_]+)=(.*)$/.exec(line)).filter((found) => found !== null);
    expect(pairs.length).toBeGreaterThan(5);
    const config = readConfig(Object.fromEntries(pairs.map(([, name, value]) => [name, value])));
    expect(config).toMatchObject({
      secure: true,
      addressHeader: 'x-real-ip',
      backup: { keep: { days: 14, weeks: 4 } },
    });
  });
});

describe('what Prometheus and Grafana are given', () => {
  it('use only metrics that the server has', async () => {
    const text = await exported();
    const known = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    const used = [
      ...`${read('alerts.yml')}${read('grafana-dashboard.json')}`.matchAll(/\b(?:frontdoor|nodejs|process)_\w+/g),
    ];
    expect(used.length).toBeGreaterThan(20);
    const names = new Set(used.map(([name]) => name.replace(/_(bucket|count|sum)$/, '')));
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('include only alerts that docs/operate.md explains, with what to do', () => {
    const manual = readFileSync(join(deploy, '..', 'docs', 'operate.md'), 'utf8');
    const alerts = [...read('alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    expect(alerts.length).toBeGreaterThan(5);
    expect(alerts.filter((name) => !manual.includes(`\n#### ${name}\n`))).toEqual([]);
    for (const name of alerts) expect(read('alerts.yml')).toContain(`docs/operate.md#${name?.toLowerCase()}"`);
  });

  it.skipIf(!isThere('promtool'))(
    'are accepted by Prometheus: rules, configuration and the metrics themselves',
    async () => {
      const rules = spawnSync('promtool', ['check', 'rules', join(deploy, 'alerts.yml')], { encoding: 'utf8' });
      expect(rules.status, rules.stderr).toBe(0);
      const config = spawnSync('promtool', ['check', 'config', join(deploy, 'prometheus.yml')], { encoding: 'utf8' });
      expect(config.status, config.stderr).toBe(0);
      const metrics = spawnSync('promtool', ['check', 'metrics'], { encoding: 'utf8', input: await exported() });
      // It also comments on names of the library's own metrics, which we cannot choose.
      expect(metrics.stderr.split('\n').filter((line) => line.startsWith('frontdoor_'))).toEqual([]);
    },
  );

  it.skipIf(!isThere('promtool'))('raise an alert when they should', () => {
    const file = join(makeFolder(), 'test.yml');
    const series = (name: string, values: string) => ({ series: name, values });
    const alert = (eval_time: string, alertname: string, exp_labels?: Record<string, string>) => ({
      eval_time,
      alertname,
      exp_alerts: exp_labels === undefined ? [] : [{ exp_labels, exp_annotations: undefined }],
    });
    const test = {
      rule_files: [join(deploy, 'alerts.yml')],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: [
            series('frontdoor_ready', '1 1 1 0 0 0 0'),
            series('frontdoor_queue_oldest_seconds{area="bury"}', '0 600 1200 1800 2400 3000 3540'),
          ],
          alert_rule_test: [alert('2m', 'FrontDoorNotReady'), alert('6m', 'FrontDoorQueueUnread')],
        },
        {
          interval: '1m',
          input_series: [series('frontdoor_checkpoint_age_seconds', '5 5 5 5')],
          alert_rule_test: [alert('3m', 'FrontDoorNoCheckpoint')],
        },
      ],
    };
    writeFileSync(file, JSON.stringify(test));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
    expect(status, stdout + stderr).toBe(0);
    test.tests[0]?.input_series.splice(0, 1, series('frontdoor_ready', '0 0 0 0 0 0 0'));
    writeFileSync(file, JSON.stringify(test));
    expect(spawnSync('promtool', ['test', 'rules', file]).status).toBe(1);
  });
});
