/** Another browser engine than Chromium, driven by its own protocol: enough to open pages and to press what is on them. */
export interface Engine {
  name: string;
  go(url: string): Promise<void>;
  /** Runs an expression in the page. What it gives is JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Without cookies, as somebody who was never here. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** An engine that is not here: a sentence that says what is missing and how it is installed. */
export class NotInstalled extends Error {}

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Tries until it succeeds, for at most half a minute: programs need a moment to listen. */
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
