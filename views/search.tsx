import { Layout } from './layout.tsx';
import { type Door, Doors } from './parts/doors.tsx';
import { SearchBox } from './parts/search_box.tsx';
import type { Surroundings } from './surroundings.ts';

export interface SearchPageProps {
  around: Surroundings;
  query: string;
  /** Best first. `areaName` and the words that were found stand under the title. */
  hits: (Door & { areaName: string; words: string[] })[];
}

export function SearchPage({ around, query, hits }: SearchPageProps) {
  const doors = hits.map(({ areaName, words, ...door }) => ({
    ...door,
    note: words.length === 0 ? areaName : `${areaName}. Found: ${words.join(', ')}`,
  }));
  return (
    <Layout around={around} title="Search">
      <h1 class="fd-title">Search</h1>
      <SearchBox query={query} />
      {query !== '' && <p role="status">{describeCount(hits.length)}</p>}
      <Doors doors={doors} token={around.token} />
      {query !== '' && hits.length === 0 && (
        <p>Try fewer or other words, or go to the start and choose the area. If you are worried, ring the front door: you need no exact word for it.</p>
      )}
    </Layout>
  );
}

function describeCount(count: number): string {
  if (count === 0) return 'Nothing was found for these words.';
  return count === 1 ? 'One way in was found.' : `${count} ways in were found.`;
}
