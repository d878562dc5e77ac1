/** What was typed into a form, word for word, each with the words of its field. */
export function WrittenLines({ lines }: { lines: readonly { label: string; words: string }[] }) {
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
