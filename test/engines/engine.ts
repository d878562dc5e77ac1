/** A browser engine other than Chromium, driven by its own protocol: enough to open pages and press what is on them. */
export interface Engine {
  name: string;
  go(url: string): Promise<void>;
  /** Runs an expression in the page; its result has to be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Deletes the cookies, as for somebody who has never been here. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** The engine is not installed. The message says what is missing and how to install it. */
export class NotInstalled extends Error {}

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Tries until it succeeds, for at most half a minute, because programs need a moment before they listen. */
export async function untilItWorks<T>(what: () => Promise<T>): Promise<T> {
  for (let left = 60; ; left--) {
    try {
      return await what();
    } catch (error) {
      if (left === 0) throw error;
      await wait(500);
    }
  }
}
