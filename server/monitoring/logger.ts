/**
 * The operator's log: JSON, one line each, with a level. Messages are fixed texts of ours and contain nothing about a
 * person; what varies is in separate fields. Times are ISO 8601 in UTC.
 */
import pino from 'pino';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Short words, numbers and times; `request` is the id of the request, which the error page shows too. */
export type LogFields = Record<string, string | number | boolean | undefined>;
type Write = (message: string, fields?: LogFields) => void;

export interface Logger {
  /** For each request. */
  debug: Write;
  /** What operators may want to know: the server started or stopped. */
  info: Write;
  /** Something was refused, or will be tried again. */
  warn: Write;
  /** Something that should work does not. */
  error: Write;
}

interface LoggerOptions {
  level: LogLevel;
  clock: () => Date;
  /** Receives a line with its line break; writes to standard error by default. */
  write?: (line: string) => void;
}

export function createLogger({ level, clock, write }: LoggerOptions): Logger {
  const to = write === undefined ? pino.destination({ dest: 2, sync: true }) : { write };
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${clock().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  );
  const at =
    (name: LogLevel): Write =>
    (message, fields = {}) =>
      logger[name](fields, message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
