/** `count`: undefined if it is hidden. `words`: the label after the bar, instead of the number. */
export interface ChartLine {
  label: string;
  count?: number;
  words?: string;
}

const WIDTH = 320;
const LETTER = 7;
const LINE = 17;
const BAR = 16;
const GAP = 12;
/** Space for the number after the longest bar. */
const NUMBER = 56;

/** A bar chart drawn on the server. The table below it says the same. Hidden numbers have a dashed outline and the word "hidden". */
export function Chart({ id, title, lines }: { id: string; title: string; lines: readonly ChartLine[] }) {
  const most = Math.max(1, ...lines.map((line) => line.count ?? 0));
  const rows = placeRows(lines);
  const height = rows.at(-1)?.end ?? 0;
  return (
    <svg
      class="fd-chart"
      role="img"
      aria-labelledby={`${id}-chart`}
      viewBox={`0 0 ${WIDTH} ${height}`}
      xmlns="http://www.w3.org/2000/svg"
    >
      <title id={`${id}-chart`}>{`${title}: bars. The table beneath has the same numbers.`}</title>
      {rows.map((row) => (
        <Bar {...row} most={most} />
      ))}
    </svg>
  );
}

interface Row {
  label: string[];
  count?: number;
  words?: string;
  top: number;
  end: number;
}

function placeRows(lines: readonly ChartLine[]): Row[] {
  let top = 0;
  return lines.map(({ label: text, ...line }) => {
    const label = wrap(text);
    const row = { ...line, label, top, end: top + label.length * LINE + BAR + GAP };
    top = row.end;
    return row;
  });
}

function Bar({ label, count, words, top, most }: Row & { most: number }) {
  const y = top + label.length * LINE + 2;
  const room = words === undefined ? NUMBER : NUMBER * 3;
  const width = count === undefined ? NUMBER : Math.max(1, Math.round(((WIDTH - room) * count) / most));
  return (
    <>
      {label.map((line, index) => (
        <text class="fd-chart__label" x="0" y={top + (index + 1) * LINE - 4}>
          {line}
        </text>
      ))}
      <rect
        class={count === undefined ? 'fd-chart__hidden' : 'fd-chart__bar'}
        x="1"
        y={y}
        width={width}
        height={BAR - 2}
      />
      <text class="fd-chart__number" x={width + 7} y={y + BAR - 4}>
        {count === undefined ? 'hidden' : (words ?? count)}
      </text>
    </>
  );
}

/** Breaks a label into lines, since SVG text does not wrap. */
function wrap(label: string): string[] {
  const lines: string[] = [''];
  for (const word of label.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length * LETTER <= WIDTH || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
