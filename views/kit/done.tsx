/**
 * Says what was just done. The URL leads here, so that it has the focus: screen readers read it, and keyboard users
 * continue from here.
 */
export function Done({ words }: { words: string }) {
  return (
    <p class="fd-done fd-no-print" id="done" role="status" tabindex={-1}>
      {words}
    </p>
  );
}
