/** What was done just now. The address leads to it, so that it has the focus: it is read out, and the keyboard goes on from there. */
export function Done({ words }: { words: string }) {
  return (
    <p class="fd-done fd-no-print" id="done" role="status" tabindex={-1}>
      {words}
    </p>
  );
}
