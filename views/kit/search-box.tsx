import { paths } from '../../server/base/paths.ts';

/** Searches for a flow to open. It uses POST, to keep the words out of the URL and the browser's history. */
export function SearchBox({ token, query = '', area }: { token: string; query?: string; area?: string }) {
  return (
    <search>
      <form class="fd-search" method="post" data-leaves-page action={paths.search()}>
        <input type="hidden" name="token" value={token} />
        {area !== undefined && <input type="hidden" name="area" value={area} />}
        <label class="govuk-label" for="search">
          Or search in your own words
        </label>
        <p class="govuk-hint" id="search-hint">
          For example: my dad hits my mum, missing, may I tell the parents. Do not write a name here.
        </p>
        <div class="fd-search__row">
          <input
            class="govuk-input"
            id="search"
            name="words"
            type="search"
            value={query}
            autocomplete="off"
            aria-describedby="search-hint"
          />
          <button type="submit" class="govuk-button govuk-button--secondary">
            Search
          </button>
        </div>
      </form>
    </search>
  );
}
