/** Environment → Config, once; a variable that is wrong is named. */
import { join } from 'node:path';

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  flowsDir: string;
  /** True when readers come over https: cookies are then sent over https alone. */
  secure: boolean;
}

export class ConfigProblem extends Error {}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    port: readPort(env.PORT ?? '3000'),
    host: env.HOST ?? '127.0.0.1',
    dataDir: env.DATA_DIR ?? 'data',
    flowsDir: env.FLOWS_DIR ?? join(import.meta.dirname, '..', 'flows'),
    secure: readYesNo('SECURE_COOKIES', env.SECURE_COOKIES ?? 'no'),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigProblem(
    `PORT is "${text}". Give a number from 0 to 65535, such as PORT=3000 (0 takes any free one).`,
  );
}

function readYesNo(name: string, text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new ConfigProblem(`${name} is "${text}". Give yes or no.`);
}
