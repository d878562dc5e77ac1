import { paths } from '../server/paths.ts';
import { Layout } from './layout.tsx';
import { type Door, Doors } from './parts/doors.tsx';
import { SearchBox } from './parts/search_box.tsx';
import type { Surroundings } from './surroundings.ts';

export interface DoorsPageProps {
  /** With the area whose doors these are. */
  around: Surroundings & { area: NonNullable<Surroundings['area']> };
  doors: Door[];
}

/** What brings you: the doors of one area, for professionals. */
export function DoorsPage({ around, doors }: DoorsPageProps) {
  return (
    <Layout around={around} title="What brings you">
      <a class="govuk-link fd-back" href={paths.start()}>
        Back
      </a>
      <h1 class="fd-title">What brings you?</h1>
      <p class="fd-lead">
        The child lives in {around.area.name}. If you are not sure which to choose, take the first. You can change your
        answers at any time.
      </p>
      <Doors doors={doors} token={around.token} />
      <SearchBox token={around.token} />
    </Layout>
  );
}
