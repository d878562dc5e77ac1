/** What was typed into a form, word for word, by the names of its fields. */
export function WrittenFields({ values }: { values: URLSearchParams }) {
  return (
    <dl class="fd-facts">
      {[...values].filter(isWritten).map(([name, value]) => (
        <>
          <dt>{name.replaceAll('_', ' ')}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

/** The same as plain text. */
export function writtenIn(values: URLSearchParams): string {
  return [...values]
    .filter(isWritten)
    .map(([, value]) => value)
    .join('\n');
}

function isWritten([name, value]: [string, string]): boolean {
  return !/^(seen|seen-.*|deadline)$/.test(name) && value.trim() !== '';
}
