/**
 * How many requests each route has answered, and how long they took. They are counted in plain numbers and converted to
 * Prometheus' form when it asks, because prom-client would look up the labels for each request, which took a fiftieth
 * of its time.
 */
import type { Metric, Registry } from 'prom-client';

export interface RequestMeasured {
  method: string;
  /** As registered, such as `/consultations/:id`; `none` if no route matched. */
  route: string;
  status: number;
  seconds: number;
}

/** The counts for one method and route. */
interface Series {
  labels: { method: string; route: string };
  byStatus: Map<number, number>;
  /**
   * How many requests took at most this long and longer than the bound before; the last bucket is for those longer than
   * all bounds.
   */
  inBucket: number[];
  sum: number;
}

interface Value {
  value: number;
  labels: Record<string, string | number>;
  metricName?: string;
}

const COUNT = 'frontdoor_http_requests_total';
const DURATION = 'frontdoor_http_request_duration_seconds';

/** `bounds`: upper bounds of the buckets in seconds, ascending. */
export function createRequestFigures(register: Registry, bounds: readonly number[]) {
  const series = new Map<string, Map<string, Series>>();

  function seriesOf(method: string, route: string): Series {
    const ofRoute = series.get(route) ?? new Map<string, Series>();
    series.set(route, ofRoute);
    const inBucket = Array.from({ length: bounds.length + 1 }, () => 0);
    const found = ofRoute.get(method) ?? { labels: { method, route }, byStatus: new Map(), inBucket, sum: 0 };
    ofRoute.set(method, found);
    return found;
  }

  const all = () => [...series.values()].flatMap((ofRoute) => [...ofRoute.values()]);
  addMetric(register, { name: COUNT, help: 'Requests answered.', type: 'counter' }, () => all().flatMap(countsOf));
  addMetric(register, { name: DURATION, help: 'Time until the answer was ready.', type: 'histogram' }, () =>
    all().flatMap((one) => durationsOf(one, bounds)),
  );
  return {
    add({ method, route, status, seconds }: RequestMeasured): void {
      const one = series.get(route)?.get(method) ?? seriesOf(method, route);
      one.byStatus.set(status, (one.byStatus.get(status) ?? 0) + 1);
      one.sum += seconds;
      let bucket = 0;
      while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket++;
      (one.inBucket[bucket] as number)++;
    },
  };
}

function addMetric(
  register: Registry,
  named: { name: string; help: string; type: 'counter' | 'histogram' },
  values: () => Value[],
): void {
  const metric = { ...named, aggregator: 'sum', get: async () => ({ ...named, aggregator: 'sum', values: values() }) };
  register.registerMetric(metric as unknown as Metric);
}

function countsOf({ labels, byStatus }: Series): Value[] {
  return [...byStatus].map(([status, value]) => ({ value, labels: { ...labels, status } }));
}

/** In Prometheus, each bucket includes all smaller ones. */
function durationsOf({ labels, inBucket, sum }: Series, bounds: readonly number[]): Value[] {
  let count = 0;
  const buckets = [...bounds, '+Inf'].map((le, index) => {
    count += inBucket[index] ?? 0;
    return { value: count, labels: { le, ...labels }, metricName: `${DURATION}_bucket` };
  });
  return [
    ...buckets,
    { value: sum, labels, metricName: `${DURATION}_sum` },
    { value: count, labels, metricName: `${DURATION}_count` },
  ];
}
