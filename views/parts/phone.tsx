/** A number that can be pressed, and that a screen reader says figure by figure. */
export function PhoneLink({ number, big }: { number: string; big?: boolean }) {
  return (
    <a href={`tel:${number.replace(/[^\d+]/g, '')}`} class={big ? 'fd-phone fd-phone--big' : 'fd-phone'}>
      {number}
    </a>
  );
}
