/** The flow that the store's tests use for their consultations. */
import { randomBytes } from 'node:crypto';
import { makeReference } from '../../server/consultation/reference.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { versionOf } from '../../server/flow/language/version.ts';

export const FLOW = { area: { id: 'bury' }, id: 'level', title: 'Which level?' } as Flow;
export const VERSION = versionOf(FLOW);

/** For separate processes, which cannot use a test's helpers. */
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
