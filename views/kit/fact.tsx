/** A line of a list of facts: its name, and what it is. */
export function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div class="fd-facts__row">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
