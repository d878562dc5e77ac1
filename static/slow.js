/** Says that something takes long, so that on a slow line a button does not look as if nothing had happened. */
const SLOW_MS = 1000;

/** Says it once that long has passed. Returns what ends the waiting. */
export function whileSlow(words, say) {
  const timer = setTimeout(() => say(words), SLOW_MS);
  return () => clearTimeout(timer);
}

/** For what is sent. Nothing that was typed is lost while it waits. */
export const STILL_SENDING = 'Still sending. The line is slow. What you entered is still here.';
