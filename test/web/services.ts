/** The app's services for tests and benchmarks: all real, with the caller's clock and log. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readLeakedPasswords } from '../../server/leaked-passwords.ts';
import { createLogger, type Logger } from '../../server/monitoring/logger.ts';
import { createMetrics, type ServedMetrics } from '../../server/monitoring/metrics.ts';
import { createHasher } from '../../server/people/hasher.ts';
import { createSeal } from '../../server/people/seal.ts';
import { createAnonymousConversations } from '../../server/web/kit/anonymous-conversations.ts';
import type { Services } from '../../server/web/kit/services.ts';
import { readAssets, readBuiltFiles } from '../../server/web/site/statics.ts';
import { createReach } from '../../server/webhooks/reach.ts';

export const distDir = join(import.meta.dirname, '..', '..', 'static', 'dist');
/** Read once for all apps in a worker. */
export const builtFiles = readBuiltFiles(distDir);
const assets = readAssets(builtFiles);

/** Keeps each log line, whatever its level. */
export function logInto(lines: string[], clock: () => Date): Logger {
  return createLogger({ level: 'info', clock, write: (line) => lines.push(line) });
}

type Given = Pick<Services, 'library' | 'store' | 'clock' | 'log'> & {
  secure?: boolean;
  servers?: number;
  signing?: Partial<Services['signing']>;
};

/**
 * Tests sign in hundreds of times, and hashing the password would take most of that. `sign-in.test.ts` tests the cost
 * in service.
 */
const CHEAP = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** Like the file beside the database: the same after a server restarts. */
const draftsKey = randomBytes(32);
const formKey = randomBytes(32);
const conversationKey = randomBytes(32);

export interface TestServices extends Services {
  metrics: ServedMetrics;
}

export function createServices({ secure = false, signing, ...given }: Given): TestServices {
  return {
    ...given,
    conversations: createAnonymousConversations({ ...given, key: conversationKey, random: randomBytes, secure }),
    assets,
    builtFiles,
    metrics: createMetrics(),
    random: randomBytes,
    allowsWebhook: createReach([]).allows,
    secure,
    signing: {
      hasher: createHasher(CHEAP),
      readLeaked: readLeakedPasswords,
      seal: createSeal(randomBytes(32), 'second factors', randomBytes),
      sealOf: (account) => createSeal(draftsKey, `drafts of ${account}`, randomBytes),
      challengeKey: randomBytes(32),
      formKey,
      conversationKey,
      publicUrl: undefined,
      organisation: undefined,
      addressHeader: undefined,
      ...signing,
    },
  };
}
