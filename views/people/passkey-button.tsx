interface PasskeyButtonProps {
  /** `make` a new passkey, or `sign` in with one. */
  does: 'make' | 'sign';
  /** Path from which the script fetches the options for the browser's WebAuthn call. */
  options: string;
  words: string;
}

/** Hidden until the script shows it. The form it is in needs an input `passkey` for the device's response. */
export function PasskeyButton({ does, options, words }: PasskeyButtonProps) {
  return (
    <button
      type="button"
      class="govuk-button govuk-button--secondary"
      data-passkey={does}
      data-options={options}
      hidden
    >
      {words}
    </button>
  );
}
