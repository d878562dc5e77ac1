/** The arguments of a command. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * Like `parseArgs`, and says which options there are if one is unknown or has no value. Throws before the command does
 * anything.
 */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [wrong = ''] = (error as Error).message.split('. ');
    throw new Error(`${wrong}. ${describeOptions(config)}. Nothing was done`, { cause: error });
  }
}

function describeOptions({ options = {}, allowPositionals }: ParseArgsConfig): string {
  const names = Object.entries(options).map(([name, { type }]) => `--${name}${type === 'string' ? ' VALUE' : ''}`);
  if (names.length > 0) return `It takes ${names.join(', ')}${allowPositionals ? ', and words without dashes' : ''}`;
  return allowPositionals ? 'It takes words without dashes' : 'It takes no options';
}
