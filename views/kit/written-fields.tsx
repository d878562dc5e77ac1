/** One line of what was typed, with the label of its field. */
export interface WrittenLine {
  label: string;
  words: string;
}

/** What was typed into a form, word for word, with the label of each field. */
export function WrittenLines({ lines }: { lines: readonly WrittenLine[] }) {
  return (
    <dl class="fd-facts">
      {lines.map(({ label, words }) => (
        <>
          <dt>{label}</dt>
          <dd>{words}</dd>
        </>
      ))}
    </dl>
  );
}
