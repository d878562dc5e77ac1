import { paths } from '../../server/base/paths.ts';
import { type Door, Doors } from '../kit/door-list.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { SearchBox } from '../kit/search-box.tsx';

/** `note`: how long it takes. */
export type TimedDoor = Door & { note?: string };

export interface DoorsPageProps {
  /** With the area whose doors these are; without one for a child who lives elsewhere. */
  page: PageContext;
  /** The area's own doors. */
  doors: TimedDoor[];
  /** Doors for particular worries, which every area has. */
  particular: TimedDoor[];
}

/** The doors of one area for professionals. */
export function DoorsPage({ page, doors, particular }: DoorsPageProps) {
  return (
    <Layout page={page} title="What brings you" first>
      <a class="govuk-link fd-back" href={paths.start()}>
        Back
      </a>
      <h1 class="fd-title">What brings you?</h1>
      <p class="fd-lead">
        {page.area === undefined ? 'The child lives somewhere else. ' : `The child lives in ${page.area.name}. `}
        If you are not sure which to choose, take the first. You can change your answers at any time.
      </p>
      {doors.length > 0 && <Doors doors={doors} token={page.token} />}
      {doors.length > 0 && <SearchBox token={page.token} area={page.area?.id} />}
      {doors.length > 0 && <h2 class="govuk-heading-m">Is it one of these?</h2>}
      <Doors doors={particular} token={page.token} />
      {doors.length === 0 && <SearchBox token={page.token} />}
      <p>
        <a class="govuk-link" href={paths.numbers()}>
          Keep the numbers on this device, for when there is no network
        </a>
      </p>
    </Layout>
  );
}
