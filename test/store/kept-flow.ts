/** The flow in which the store's tests hold their consultations. */
import { randomBytes } from 'node:crypto';
import { makeReference } from '../../server/consultation/reference.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { versionOf } from '../../server/flow/language/version.ts';

export const FLOW = { area: { id: 'bury' }, id: 'level', title: 'Which level?' } as Flow;
export const VERSION = versionOf(FLOW);

/** For processes of a test, which have none of its helpers. */
export function newOpening() {
  return {
    area: 'bury',
    flow: 'level',
    version: VERSION,
    by: 'professional',
    makeReference: () => makeReference('B', randomBytes),
    tokenHash: randomBytes(32).toString('base64url'),
  } as const;
}
