import { paths } from '../../server/base/paths.ts';
import { NATIONAL } from '../../server/flow/national.ts';
import type { FoundDoor } from '../../server/flow/search/found-doors.ts';
import type { Found } from '../../server/flow/search/search.ts';
import { Layout } from '../kit/layout.tsx';
import type { AreaLine, PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';
import { SearchBox } from '../kit/search-box.tsx';

export interface SearchPageProps {
  page: PageContext;
  query: string;
  found: Found;
  /** Front doors to list if nothing is found; without them the page links to the contacts. */
  areas?: AreaLine[];
}

/** Search results, grouped by who seems to be asking. Danger comes first; the flows for the public and children are always listed. */
export function SearchPage({ page, query, found, areas = [] }: SearchPageProps) {
  const asked = query.trim() !== '';
  const { doors, danger, area, elsewhere } = found;
  return (
    <Layout page={page} title="Search">
      <h1 class="fd-title">Search</h1>
      {danger && <Danger />}
      <SearchBox token={page.token} query={query} {...(area !== undefined && { area })} />
      {elsewhere !== undefined && <NotCovered areas={areas} />}
      {asked && <p role="status">{describeCount(doors.length)}</p>}
      {doors.length > 0 && (
        <FoundDoors doors={doors} area={area} isElsewhere={elsewhere !== undefined} token={page.token} />
      )}
      <OwnDoors shown={doors} />
      {asked && doors.length === 0 ? <NothingFound areas={areas} /> : <Elsewhere />}
    </Layout>
  );
}

function describeCount(count: number): string {
  if (count === 0) return 'Nothing was found for these words.';
  return count === 1 ? 'One way in was found.' : `${count} ways in were found, the nearest first.`;
}

/** Shown if somebody may be hurt now, or may want to die. */
function Danger() {
  return (
    <section class="fd-search-danger" aria-labelledby="danger">
      <h2 class="govuk-heading-m" id="danger">
        Is somebody in danger now?
      </h2>
      <p>
        <PhoneLink number="999" words="Call 999" big />
      </p>
      <ul class="fd-numbers">
        <li>
          You are under 19 and want to talk: Childline <PhoneLink number="0800 1111" />
        </li>
        <li>
          You feel you cannot go on, or fear it of somebody: <PhoneLink number="111" words="NHS 111" />, option 2, day
          and night, or Samaritans <PhoneLink number="116 123" />
        </li>
      </ul>
    </section>
  );
}

interface Chosen {
  area: string | undefined;
  /** Whether the words named a place that no area covers. */
  isElsewhere: boolean;
  token: string;
}

function FoundDoors({ doors, ...chosen }: { doors: FoundDoor[] } & Chosen) {
  return (
    <ul class="fd-doors">
      {doors.map((door) => (
        <li>{door.reader === 'professional' ? <WorkDoor door={door} {...chosen} /> : <OwnDoor door={door} />}</li>
      ))}
    </ul>
  );
}

type InArea = FoundDoor['areas'][number];

/**
 * One button in the chosen area, or if the child can only live elsewhere; otherwise one for each area that has the
 * flow.
 */
function WorkDoor({ door, area, isElsewhere, token }: { door: FoundDoor } & Chosen) {
  const [only, ...others] = door.areas;
  const isOnlyElsewhere = others.length === 0 && only?.area === NATIONAL;
  const chosen = isOnlyElsewhere ? only : door.areas.find((one) => one.area === area);
  return (
    <form
      class={chosen === undefined ? 'fd-card fd-card--choice' : undefined}
      method="post"
      action={paths.consultations()}
    >
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="flow" value={door.flow} />
      {chosen !== undefined ? <InChosenArea chosen={chosen} /> : <Areas door={door} isElsewhere={isElsewhere} />}
    </form>
  );
}

function InChosenArea({ chosen: { area, areaName, title, help } }: { chosen: InArea }) {
  return (
    <button type="submit" class="fd-card" name="area" value={area}>
      <span class="fd-card__title">{title}</span>
      <span class="fd-card__text">{[areaName, help].filter(Boolean).join('. ')}</span>
    </button>
  );
}

/** If the areas have different names for the door, each button says its own. */
function Areas({ door, isElsewhere }: { door: FoundDoor; isElsewhere: boolean }) {
  const isNational = (one: InArea) => Number(one.area === NATIONAL);
  const areas = isElsewhere ? [...door.areas].sort((one, other) => isNational(other) - isNational(one)) : door.areas;
  const isOneName = areas.every(({ title }) => title === areas[0]?.title);
  return (
    <>
      {isOneName && <span class="fd-card__title">{door.title}</span>}
      {isOneName && door.help !== undefined && <span class="fd-card__text">{door.help}</span>}
      <span class="fd-card__areas">
        <span>For your work. The child lives in</span>
        {areas.map(({ area, areaName, title }) => (
          <button type="submit" class="govuk-button govuk-button--secondary" name="area" value={area}>
            {areaName}
            <span class={isOneName ? 'govuk-visually-hidden' : undefined}>: {title}</span>
          </button>
        ))}
      </span>
    </>
  );
}

/** An anonymous conversation: it starts on its own page and stores nothing. */
function OwnDoor({ door }: { door: FoundDoor }) {
  return (
    <a class="fd-card" href={paths.talkFor(door.reader === 'child' ? 'child' : 'public')}>
      <span class="fd-card__title">{door.title}</span>
      <span class="fd-card__text">
        {door.reader === 'child'
          ? 'You do not have to say your name.'
          : 'Not for work. You do not have to give your name.'}
      </span>
    </a>
  );
}

const OWN_DOORS: FoundDoor[] = [
  { flow: 'public', reader: 'public', title: 'I am worried about a child', areas: [] },
  { flow: 'child', reader: 'child', title: 'I am a child or young person', areas: [] },
];

function OwnDoors({ shown }: { shown: FoundDoor[] }) {
  const left = OWN_DOORS.filter(({ reader }) => !shown.some((door) => door.reader === reader));
  if (left.length === 0) return null;
  return (
    <section aria-labelledby="others">
      <h2 class="govuk-heading-m" id="others">
        If you are not here for your work
      </h2>
      <ul class="fd-doors">
        {left.map((door) => (
          <li>
            <OwnDoor door={door} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Does not repeat the name of the place: what was typed appears only in its own box. */
function NotCovered({ areas }: { areas: AreaLine[] }) {
  return (
    <p class="fd-conflict">
      Front Door knows the councils of {listOf(areas.map(({ name }) => name))}. A child who lives somewhere else is
      helped by the council there.{' '}
      <a class="govuk-link" href={paths.area(NATIONAL)}>
        How to find that council, and what holds everywhere
      </a>
      . In danger, call 999 wherever it is.
    </p>
  );
}

function listOf(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function NothingFound({ areas }: { areas: AreaLine[] }) {
  return (
    <section aria-labelledby="nothing">
      <h2 class="govuk-heading-m" id="nothing">
        You need no exact word
      </h2>
      <ul class="fd-list">
        <li>
          If a child is in danger now,{' '}
          <a class="govuk-link" href="tel:999">
            call 999
          </a>
          .
        </li>
        {areas.length === 0 && (
          <li>
            Ring the front door of the area where the child lives.{' '}
            <a class="govuk-link" href={paths.contacts()}>
              All telephone numbers
            </a>
          </li>
        )}
        {areas.map((area) => (
          <FrontDoorLine area={area} />
        ))}
        <li>
          Try fewer or other words, or{' '}
          <a class="govuk-link" href={paths.start()}>
            choose the area and see all ways in
          </a>
          .
        </li>
      </ul>
    </section>
  );
}

function FrontDoorLine({ area: { id, name, frontDoorName, phones } }: { area: AreaLine }) {
  return (
    <li>
      {name}: {frontDoorName}
      {phones.length === 0 && (
        <>
          {' '}
          (
          <a class="govuk-link" href={paths.contacts()}>
            its telephone numbers
          </a>
          )
        </>
      )}
      {phones.map((number) => (
        <>
          {' '}
          <PhoneLink number={number} />
        </>
      ))}
      , or{' '}
      <a class="govuk-link" href={paths.area(id)}>
        all ways in for {name}
      </a>
    </li>
  );
}

function Elsewhere() {
  return (
    <p>
      Not what you look for?{' '}
      <a class="govuk-link" href={paths.start()}>
        Choose the area and see all ways in
      </a>
      . If you are worried, ring the front door: you need no exact word for it.{' '}
      <a class="govuk-link" href={paths.contacts()}>
        All telephone numbers
      </a>
    </p>
  );
}
