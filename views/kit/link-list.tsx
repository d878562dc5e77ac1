export type Link = readonly [href: string, words: string];

export function LinkList({ links, className }: { links: readonly Link[]; className?: string }) {
  return (
    <ul class={className}>
      {links.map(([href, words]) => (
        <li>
          <a class="govuk-link" href={href}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  );
}
