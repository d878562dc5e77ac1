import { paths } from '../../server/base/paths.ts';

/** Who else has the page open now. Polled every few seconds; nothing else on the page changes. */
export function PresenceLine({ id, names }: { id: string; names: string[] }) {
  const again = { 'data-hx-get': paths.deskPresence(id), 'data-hx-trigger': 'every 15s', 'data-hx-swap': 'outerMorph' };
  const words = names.length === 0 ? 'Nobody else has it open.' : `Also open now: ${names.join(', ')}.`;
  return (
    <p id="presence" class="fd-presence fd-no-print" role="status" {...again}>
      {words}
    </p>
  );
}
