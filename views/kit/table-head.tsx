export function TableHead({ headings }: { headings: readonly string[] }) {
  return (
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {headings.map((heading) => (
          <th class="govuk-table__header" scope="col">
            {heading}
          </th>
        ))}
      </tr>
    </thead>
  );
}
