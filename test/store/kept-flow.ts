/** The flow in which the store's tests hold their consultations. */
import type { Flow } from '../../server/flow/flow.ts';
import { versionOf } from '../../server/flow/language/version.ts';

export const FLOW = { area: { id: 'bury' }, id: 'level', title: 'Which level?' } as Flow;
export const VERSION = versionOf(FLOW);
