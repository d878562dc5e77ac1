/**
 * Copies a text. Hidden until the script shows it, because copying needs a script. `what` distinguishes several buttons
 * on a page.
 */
export function CopyButton({ text, what, large = false }: { text: string; what: string; large?: boolean }) {
  const looks = large ? 'govuk-button govuk-button--secondary fd-copy' : 'fd-copy';
  return (
    <button type="button" class={looks} data-copy={text} data-copied={large ? `Copied: ${what}` : undefined} hidden>
      Copy<span class="govuk-visually-hidden"> {what}</span>
    </button>
  );
}
