import { paths } from '../../server/base/paths.ts';
import { ExitButton, ExitSkipLink } from './exit.tsx';
import type { AreaLine } from './page-context.ts';
import { PhoneLink } from './phone.tsx';
import { renderOnce } from './render-once.ts';

interface UrgentBarProps {
  area?: AreaLine;
  exit?: boolean;
}

/** 999 and the number of the front door, on every page, including error pages. */
export function UrgentBar({ area, exit }: UrgentBarProps) {
  return exit || area === undefined ? <Bar area={area} exit={exit} /> : <BarOfArea area={area} />;
}

const BarOfArea = renderOnce(
  ({ area }: { area: AreaLine }) => area,
  ({ area }) => <Bar area={area} />,
);

function Bar({ area, exit }: UrgentBarProps) {
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
