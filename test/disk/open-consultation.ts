/** Opens a store with one consultation, without a test's helpers. */
import { openStore } from '../../server/store/store.ts';
import { FLOW, newOpening, VERSION } from '../store/kept-flow.ts';

export async function openConsultationIn(file: string) {
  const store = await openStore({ file, clock: () => new Date() });
  await store.versions.keep(VERSION, FLOW);
  const { id } = await store.consultations.open(newOpening());
  return { store, id };
}
