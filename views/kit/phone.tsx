/** A telephone link, which screen readers read digit by digit. */
export function PhoneLink({ number, words = number, big }: { number: string; words?: string; big?: boolean }) {
  return (
    <a href={`tel:${number.replace(/[^\d+]/g, '')}`} class={big ? 'fd-phone fd-phone--big' : 'fd-phone'}>
      {words}
    </a>
  );
}
