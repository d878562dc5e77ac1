/** One row of a summary list: a name and its value. */
export function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div class="fd-facts__row">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
