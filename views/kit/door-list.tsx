import { paths } from '../../server/base/paths.ts';
import { renderOnceWithSlots } from './render-once.ts';

/** A flow that a reader can open. */
export interface Door {
  area: string;
  flow: string;
  title: string;
  help?: string;
}

interface DoorsProps {
  doors: readonly (Door & { note?: string })[];
  token: string;
}

/** Each flow is a button, since opening it starts a consultation. Rendered once for each list of doors. */
export const Doors = renderOnceWithSlots(['token'], ({ doors }: DoorsProps) => doors, DoorList);

function DoorList({ doors, token }: DoorsProps) {
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
