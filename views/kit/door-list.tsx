import { paths } from '../../server/base/paths.ts';

/** A flow that a reader can open. */
export interface Door {
  area: string;
  flow: string;
  title: string;
  help?: string;
}

/** Each flow is a button, since opening it starts a consultation. */
export function Doors({ doors, token }: { doors: (Door & { note?: string })[]; token: string }) {
  return (
    <ul class="fd-doors">
      {doors.map(({ area, flow, title, help, note }) => (
        <li>
          <form method="post" action={paths.consultations()}>
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="area" value={area} />
            <button type="submit" class="fd-card" name="flow" value={flow}>
              <span class="fd-card__title">{title}</span>
              {help !== undefined && <span class="fd-card__text">{help}</span>}
              {note !== undefined && <span class="fd-card__text">{note}</span>}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
