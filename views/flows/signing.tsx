/** A form to be filled in by hand on paper; nothing of it is stored. */
export interface SigningProps {
  title: string;
  area: string;
  version: string;
  day: string;
}

export function Signing({ title, area, version, day }: SigningProps) {
  return (
    <section class="fd-sign" aria-labelledby="sign">
      <h2 class="govuk-heading-m" id="sign">
        Review and sign
      </h2>
      <p>
        {area}: {title}
        <br />
        Version <code>{version}</code>, as shown on {day}.
      </p>
      <p>I have read this version against the guidance that it names, and</p>
      <ul class="fd-sign__choices">
        <li>I agree with it as it stands</li>
        <li>I agree with it, with the changes written below</li>
        <li>I do not agree with it, for the reasons written below</li>
      </ul>
      <dl class="fd-sign__lines">
        {['Changes or reasons', 'Name', 'Role and agency', 'Date', 'Signature'].map((words) => (
          <>
            <dt>{words}</dt>
            <dd class={words === 'Changes or reasons' ? 'fd-sign__line fd-sign__line--high' : 'fd-sign__line'} />
          </>
        ))}
      </dl>
    </section>
  );
}
