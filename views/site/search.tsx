import { paths } from '../../server/base/paths.ts';
import type { Reader } from '../../server/flow/flow.ts';
import { type Door, Doors } from '../kit/door-list.tsx';
import { Layout } from '../kit/layout.tsx';
import type { AreaLine, PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';
import { SearchBox } from '../kit/search-box.tsx';

export interface SearchPageProps {
  page: PageContext;
  query: string;
  /** Best first. `areaName` and the words that were found stand under the title. */
  hits: Hit[];
  /** Front doors to offer when nothing is found; without them the page leads to the contacts. */
  areas?: AreaLine[];
}

type Hit = Door & { areaName: string; words: string[]; reader?: Reader };

export function SearchPage({ page, query, hits, areas = [] }: SearchPageProps) {
  const asked = query.trim() !== '';
  const work = hits.filter((hit) => !isPrivate(hit));
  const others = hits.filter(isPrivate);
  return (
    <Layout page={page} title="Search">
      <h1 class="fd-title">Search</h1>
      <SearchBox token={page.token} query={query} />
      {asked && <p role="status">{describeCount(hits.length)}</p>}
      {work.length > 0 && <Doors doors={work.map((hit) => ({ ...hit, note: noteOf(hit) }))} token={page.token} />}
      {others.length > 0 && <OtherDoors hits={others} />}
      {asked && hits.length === 0 ? <NothingFound areas={areas} /> : <Elsewhere />}
    </Layout>
  );
}

/** For whoever is not here for their work: it begins on a page of its own, and leaves nothing behind. */
function isPrivate({ reader }: Hit): boolean {
  return reader === 'public' || reader === 'child';
}

function noteOf({ areaName, words }: Hit): string {
  return words.length === 0 ? areaName : `${areaName}. Found: ${words.join(', ')}`;
}

function describeCount(count: number): string {
  if (count === 0) return 'Nothing was found for these words.';
  return count === 1 ? 'One way in was found.' : `${count} ways in were found, the nearest first.`;
}

function OtherDoors({ hits }: { hits: Hit[] }) {
  return (
    <section aria-labelledby="others">
      <h2 class="govuk-heading-m" id="others">
        If you are not here for your work
      </h2>
      <ul class="fd-doors">
        {hits.map((hit) => (
          <li>
            <a class="fd-card" href={paths.talkFor(hit.reader ?? 'public')}>
              <span class="fd-card__title">{hit.title}</span>
              <span class="fd-card__text">{noteOf(hit)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
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
        {areas.map(({ id, name, frontDoorName, phones }) => (
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
