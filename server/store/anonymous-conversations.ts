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
  begin(tokenHash: string, reader: AnonymousConversation['reader'], flow: Flow): AnonymousConversation;
  find(tokenHash: string): AnonymousConversation | undefined;
  end(tokenHash: string): void;
  sweep(): void;
}

const HOUR_MS = 3_600_000;
/** If there are more, the oldest is dropped. */
const MOST = 20_000;

export function createAnonymousConversations(clock: () => Date): AnonymousConversations {
  const talks = new Map<string, AnonymousConversation>();
  return {
    begin(tokenHash, reader, flow) {
      const talk = { reader, flow, answers: {}, counted: false, until: clock().getTime() + HOUR_MS };
      talks.delete(tokenHash);
      const [oldest] = talks.keys();
      if (talks.size >= MOST && oldest !== undefined) talks.delete(oldest);
      talks.set(tokenHash, talk);
      return talk;
    },
    find(tokenHash) {
      const conversation = talks.get(tokenHash);
      if (conversation === undefined || conversation.until > clock().getTime()) return conversation;
      talks.delete(tokenHash);
      return undefined;
    },
    end: (tokenHash) => void talks.delete(tokenHash),
    sweep() {
      for (const [tokenHash, conversation] of talks)
        if (conversation.until <= clock().getTime()) talks.delete(tokenHash);
    },
  };
}
