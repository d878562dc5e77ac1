import { paths } from '../../server/base/paths.ts';
import { type Door, Doors } from '../kit/door-list.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { SearchBox } from '../kit/search-box.tsx';

export interface DoorsPageProps {
  /** With the area whose doors these are. */
  page: PageContext & { area: NonNullable<PageContext['area']> };
  doors: Door[];
}

/** What brings you: the doors of one area, for professionals. */
export function DoorsPage({ page, doors }: DoorsPageProps) {
  return (
    <Layout page={page} title="What brings you">
      <a class="govuk-link fd-back" href={paths.start()}>
        Back
      </a>
      <h1 class="fd-title">What brings you?</h1>
      <p class="fd-lead">
        The child lives in {page.area.name}. If you are not sure which to choose, take the first. You can change your
        answers at any time.
      </p>
      <Doors doors={doors} token={page.token} />
      <SearchBox token={page.token} />
    </Layout>
  );
}
