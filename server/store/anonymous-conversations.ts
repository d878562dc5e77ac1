/**
 * Conversations of the public and of children: kept in memory only, never on a disk, and gone when the person leaves or after an hour. Nothing
 * here says who somebody is.
 */

import type { Flow } from '../flow/flow.ts';
import type { Answer } from '../flow/walk/answer.ts';

export interface AnonymousConversation {
  reader: 'public' | 'child';
  flow: Flow;
  answers: Record<string, Answer>;
  /** Counted once, at its end. */
  counted: boolean;
  until: number;
}

export interface AnonymousConversations {
  /** Undefined when there are as many as there may be: whoever is under way is never thrown out for somebody new. */
  begin(tokenHash: string, reader: AnonymousConversation['reader'], flow: Flow): AnonymousConversation | undefined;
  find(tokenHash: string): AnonymousConversation | undefined;
  end(tokenHash: string): void;
  /** Chooses the language of this browser's pages; undefined is English. It says something about the reader, so it is kept no longer. */
  speak(tokenHash: string, language: string | undefined): void;
  languageOf(tokenHash: string): string | undefined;
  sweep(): void;
}

const HOUR_MS = 3_600_000;
/** If there are more, the oldest in which nothing was answered makes room. */
const MOST = 20_000;

export function createAnonymousConversations(clock: () => Date, most = MOST): AnonymousConversations {
  const talks = new Map<string, AnonymousConversation>();
  /** Those in which nothing was answered when they were last looked at, the oldest first. */
  const unanswered = new Set<string>();
  const spoken = new Map<string, { language: string; until: number }>();
  const inAnHour = () => clock().getTime() + HOUR_MS;
  return {
    begin(tokenHash, reader, flow) {
      const talk = { reader, flow, answers: {}, counted: false, until: inAnHour() };
      talks.delete(tokenHash);
      unanswered.delete(tokenHash);
      if (talks.size >= most && !makeRoom(talks, unanswered)) return undefined;
      talks.set(tokenHash, talk);
      unanswered.add(tokenHash);
      const chosen = spoken.get(tokenHash);
      if (chosen !== undefined) chosen.until = talk.until;
      return talk;
    },
    find(tokenHash) {
      const conversation = talks.get(tokenHash);
      if (conversation === undefined || conversation.until > clock().getTime()) return conversation;
      talks.delete(tokenHash);
      return undefined;
    },
    end(tokenHash) {
      talks.delete(tokenHash);
      spoken.delete(tokenHash);
    },
    speak(tokenHash, language) {
      if (language === undefined) spoken.delete(tokenHash);
      else keepNewest(spoken, tokenHash, { language, until: inAnHour() });
    },
    languageOf(tokenHash) {
      const chosen = spoken.get(tokenHash);
      return chosen !== undefined && chosen.until > clock().getTime() ? chosen.language : undefined;
    },
    sweep() {
      const now = clock().getTime();
      for (const [tokenHash, conversation] of talks) if (conversation.until <= now) talks.delete(tokenHash);
      for (const tokenHash of unanswered) if (!talks.has(tokenHash)) unanswered.delete(tokenHash);
      for (const [tokenHash, chosen] of spoken) if (chosen.until <= now) spoken.delete(tokenHash);
    },
  };
}

/** Takes the oldest away in which nothing was answered; false if there is none. */
function makeRoom(talks: Map<string, AnonymousConversation>, unanswered: Set<string>): boolean {
  for (const tokenHash of unanswered) {
    unanswered.delete(tokenHash);
    const talk = talks.get(tokenHash);
    if (talk !== undefined && Object.keys(talk.answers).length === 0) return talks.delete(tokenHash);
  }
  return false;
}

/** The oldest makes room. */
function keepNewest<T>(kept: Map<string, T>, tokenHash: string, value: T): void {
  kept.delete(tokenHash);
  const [oldest] = kept.keys();
  if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest);
  kept.set(tokenHash, value);
}
