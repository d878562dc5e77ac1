import { paths } from '../../server/base/paths.ts';
import { ExitButton, ExitSkipLink } from './exit.tsx';
import type { AreaLine } from './page-context.ts';
import { PhoneLink } from './phone.tsx';

/** 999 and the number of the front door, on every page, error pages included. */
export function UrgentBar({ area, exit }: { area?: AreaLine; exit?: boolean }) {
  return (
    <section class="fd-urgent" aria-label="Urgent numbers">
      {exit && <ExitSkipLink />}
      <div class="govuk-width-container fd-urgent__row">
        <p class="fd-urgent__danger">
          <span class={area === undefined && !exit ? undefined : 'fd-urgent__words'}>In danger now? </span>
          <a href="tel:999" class="fd-urgent__999">
            Call 999
          </a>
        </p>
        {area !== undefined && <FrontDoor area={area} />}
        {exit && <ExitButton />}
      </div>
    </section>
  );
}

function FrontDoor({ area }: { area: AreaLine }) {
  if (area.phones.length === 0)
    return (
      <p class="fd-urgent__door">
        <a href={paths.contactsOf(area.id)}>{area.frontDoorName}</a>
      </p>
    );
  return (
    <p class="fd-urgent__door">
      <span>{area.frontDoorName} </span>
      {area.phones.map((number, index) => (
        <>
          {index > 0 && ' or '}
          <PhoneLink number={number} />
        </>
      ))}
    </p>
  );
}
