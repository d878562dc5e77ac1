/**
 * What happens to the answers when a consultation continues in a newer version of its flow. Most are kept as they are.
 * If the question or option was renamed, reworded or removed, the reader and the record are told. Pure.
 */
import type { Retired } from '../flow/check/library.ts';
import type { Flow } from '../flow/flow.ts';
import type { RetiredId } from '../flow/language/schema.ts';
import { type Answer, type Answers, isSameAnswer, isStillAnswer } from '../flow/walk/answer.ts';

export interface CarriedOver {
  /** Answers that are now under another question or option. */
  answers: { question: string; answer: Answer }[];
  /** A sentence for each answer that is not simply kept. It does not contain the answer itself. */
  told: string[];
}

export interface Versions {
  before: Flow;
  after: Flow;
  /** Undefined if nothing was ever renamed. */
  retired?: Retired | undefined;
}

export function carryOver({ before, after, retired }: Versions, answers: Answers): CarriedOver {
  const carried: CarriedOver = { answers: [], told: [] };
  for (const [id, answer] of Object.entries(answers)) {
    const old = Object.hasOwn(before.questions, id) ? before.questions[id]?.text : undefined;
    // The answer did not count in the earlier version either.
    if (old === undefined) continue;
    const to = follow(retired?.questions ?? {}, id);
    const asked = Object.hasOwn(after.questions, to) ? after.questions[to] : undefined;
    if (asked === undefined || (to !== id && Object.hasOwn(answers, to))) {
      carried.told.push(describeGone(old, retired?.questions[id]));
      continue;
    }
    const now = renameOptions(answer, retired?.options[to] ?? {});
    if (!isStillAnswer(asked, now))
      carried.told.push(`“${asked.text}”: your answer is no longer among the choices. You are asked again.`);
    else if (to !== id) {
      carried.answers.push({ question: to, answer: now });
      carried.told.push(`“${old}” is now asked as “${asked.text}”. Your answer stands there.`);
    } else if (!isSameAnswer(now, answer)) {
      carried.answers.push({ question: to, answer: now });
      carried.told.push(`“${asked.text}”: an answer of yours has another name now. It stands.`);
    }
  }
  return carried;
}

function describeGone(question: string, retired: RetiredId | undefined): string {
  const why = retired === undefined ? '' : ` (${retired.why})`;
  return `“${question}” is not asked any more${why}. Your answer counts no longer; it stays in the record.`;
}

/** The last of its names. A circle of renamings ends where it began. */
function follow(renamed: Readonly<Record<string, RetiredId>>, id: string): string {
  const seen = new Set([id]);
  let name = id;
  for (let next = nameOf(renamed, name); next !== undefined && !seen.has(next); next = nameOf(renamed, name)) {
    seen.add(next);
    name = next;
  }
  return name;
}

function nameOf(renamed: Readonly<Record<string, RetiredId>>, id: string): string | undefined {
  return Object.hasOwn(renamed, id) ? renamed[id]?.['renamed to'] : undefined;
}

/** Two ticked options that became one are ticked once. */
function renameOptions(answer: Answer, renamed: Readonly<Record<string, RetiredId>>): Answer {
  if (Array.isArray(answer)) return [...new Set(answer.map((tick) => follow(renamed, tick)))];
  return typeof answer === 'string' ? follow(renamed, answer) : answer;
}
