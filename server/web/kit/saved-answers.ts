/** The questions of a call save themselves as they are answered, and such a save can overtake the draft of the same page. */
import { paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { type Answer, valuesOf } from '../../flow/walk/answer.ts';
import type { Services } from './services.ts';

/** Whether a form sends the answer that is saved. */
export function isAsSaved(sent: URLSearchParams, question: string, answer: Answer | undefined): boolean {
  return JSON.stringify(sent.getAll(question)) === JSON.stringify(valuesOf(answer));
}

const OF_CALL = new RegExp(`^${paths.deskAnswers('ID').replace('ID', '([\\w-]{22})')}$`);

/** `form`: where it is sent to. Gives the names of those of its inputs that hold what is saved by now; none for any other form. */
export async function inputsAsSaved({ store }: Services, form: string, sent: URLSearchParams): Promise<string[]> {
  const id = OF_CALL.exec(form)?.[1];
  const entries = id === undefined ? undefined : await store.log.read(id);
  if (id === undefined || entries === undefined) return [];
  const { answers } = readConsultation(id, entries);
  return Object.keys(answers).filter((question) => isAsSaved(sent, question, answers[question]));
}
