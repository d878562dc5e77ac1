/** A store with one consultation, without the helpers of a test. */
import { randomBytes } from 'node:crypto';
import { makeReference } from '../../server/consultation/reference.ts';
import { openStore } from '../../server/store/store.ts';
import { FLOW, VERSION } from '../store/kept-flow.ts';

export async function openConsultationIn(file: string) {
  const store = await openStore({ file, clock: () => new Date() });
  await store.versions.keep(VERSION, FLOW);
  const { id } = await store.consultations.open({
    area: 'bury',
    flow: 'level',
    version: VERSION,
    by: 'professional',
    makeReference: () => makeReference('B', randomBytes),
    tokenHash: randomBytes(32).toString('base64url'),
  });
  return { store, id };
}
