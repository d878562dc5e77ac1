import { describeDay } from '../../server/base/days.ts';
import type { Band } from '../../server/flow/instruments/instrument.ts';
import { describeBand, JUDGEMENT } from '../../server/flow/instruments/score.ts';
import { movementOf } from '../../server/pathway/comparison.ts';
import type { Measured } from '../../server/pathway/pathway.ts';

const WIDTH = 480;
const HEIGHT = 220;
const EDGE = { left: 34, right: 96, top: 12, bottom: 28 };

interface ChartProps {
  measured: readonly Measured[];
  bands: readonly Band[];
}

/** The totals over time as a line drawn on the server, with the limits of the bands. The table below says the same. */
export function RiskOverTime({ measured, bands }: ChartProps) {
  if (measured.length === 0) return <p>Nothing has been measured yet.</p>;
  const most = Math.max(...bands.map(({ to }) => to));
  const y = (total: number) => HEIGHT - EDGE.bottom - (total / most) * (HEIGHT - EDGE.top - EDGE.bottom);
  const days = measured.map(({ on }) => Date.parse(on));
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  const wide = WIDTH - EDGE.left - EDGE.right;
  const x = (day: number) => EDGE.left + (last === first ? wide / 2 : ((day - first) / (last - first)) * wide);
  const points = measured.map(({ on, result }) => ({ x: x(Date.parse(on)), y: y(result.total), total: result.total }));
  return (
    <>
      <p>{JUDGEMENT}</p>
      <svg
        class="fd-line-chart"
        role="img"
        aria-labelledby="risk-chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        xmlns="http://www.w3.org/2000/svg"
      >
        <title id="risk-chart">The measured risk over time. The table beneath has the same numbers.</title>
        {bands.map(({ name, from, to }) => (
          <>
            <line class="fd-line-chart__edge" x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(to)} y2={y(to)} />
            <text x={WIDTH - EDGE.right + 6} y={y((from + to) / 2)}>
              {`${name} ${from}–${to}`}
            </text>
          </>
        ))}
        <polyline
          class="fd-line-chart__line"
          points={points.map((point) => `${round(point.x)},${round(point.y)}`).join(' ')}
        />
        {points.map((point) => (
          <>
            <circle class="fd-line-chart__point" cx={round(point.x)} cy={round(point.y)} r="4" />
            <text x={round(point.x) - 8} y={round(point.y) - 8}>
              {point.total}
            </text>
          </>
        ))}
      </svg>
      <MeasuredTable measured={measured} />
    </>
  );
}

const round = (number: number) => Math.round(number * 10) / 10;

function MeasuredTable({ measured }: { measured: readonly Measured[] }) {
  return (
    <section class="fd-table-scroll" tabindex={0} aria-label="Measurements">
      <table class="fd-compare">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Total and band</th>
            <th scope="col">Since the one before</th>
          </tr>
        </thead>
        <tbody>
          {measured.map(({ on, result }, index) => {
            const before = measured[index - 1]?.result.total;
            return (
              <tr>
                <th scope="row">{describeDay(on)}</th>
                <td>{describeBand({ ...result, name: result.bandName }, result.total)}</td>
                <td>{before === undefined ? 'The first' : movementOf(before, result.total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
