import { expect, it } from 'vitest';
import { createLogger, type LogLevel } from '../../server/monitoring/logger.ts';

const AT = '2026-11-22T09:00:00.000Z';

function linesAt(level: LogLevel): unknown[] {
  const lines: string[] = [];
  const log = createLogger({ level, clock: () => new Date(AT), write: (line) => lines.push(line) });
  log.debug('request', { ms: 3 });
  log.info('stopped', { finished: 2 });
  log.warn('refused a form', { why: 'line one\nline two' });
  log.error('not ready');
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  return lines.map((line) => JSON.parse(line));
}

it('writes one line of JSON for each message, with level, time and fields', () => {
  expect(linesAt('debug')).toEqual([
    { level: 'debug', time: AT, message: 'request', ms: 3 },
    { level: 'info', time: AT, message: 'stopped', finished: 2 },
    { level: 'warn', time: AT, message: 'refused a form', why: 'line one\nline two' },
    { level: 'error', time: AT, message: 'not ready' },
  ]);
});

it.each([
  ['info', 3],
  ['warn', 2],
  ['error', 1],
] as const)('leaves out messages less important than %s', (level, count) => expect(linesAt(level)).toHaveLength(count));
