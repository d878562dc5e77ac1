/**
 * During a call, questions save themselves as they are answered. Such a save can overtake the draft of the same page.
 */
import { idIn, paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { type Answer, valuesOf } from '../../flow/walk/answer.ts';
import type { Services } from './services.ts';

/** Whether a form contains the same answer that is saved. */
export function isAsSaved(sent: URLSearchParams, question: string, answer: Answer | undefined): boolean {
  return JSON.stringify(sent.getAll(question)) === JSON.stringify(valuesOf(answer));
}

/**
 * `form`: the address to which it is sent. Returns the names of those inputs whose values are saved by now; none for
 * any other form.
 */
export async function inputsAsSaved({ store }: Services, form: string, sent: URLSearchParams): Promise<string[]> {
  const named = idIn(form, paths.deskRecord('')) ?? '';
  const id = form === paths.deskAnswers(named) ? named : undefined;
  const entries = id === undefined ? undefined : await store.log.read(id);
  if (id === undefined || entries === undefined) return [];
  const { answers } = readConsultation(id, entries);
  return Object.keys(answers).filter((question) => isAsSaved(sent, question, answers[question]));
}
