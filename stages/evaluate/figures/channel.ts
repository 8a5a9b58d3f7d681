export interface ChannelOptions {
  /** Ends of the axis; from the data where absent. */
  readonly domain?: readonly [number, number];
  /** A d3 format, such as '.0%'. */
  readonly format?: string;
  readonly ticks?: number;
  /** Square roots give small shares room. */
  readonly squareRoot?: boolean;
}

const SQUARE_ROOT_TICKS = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];

/** A quantitative axis of a figure. */
export function channel(field: string, title: string, { domain, format, ticks = 6, squareRoot = false }: ChannelOptions = {}) {
  const type = squareRoot ? ('sqrt' as const) : ('linear' as const);
  const scale: { type: typeof type; domain?: number[]; zero: boolean } =
    domain === undefined ? { type, zero: false } : { type, domain: [...domain], zero: false };
  const values = SQUARE_ROOT_TICKS.filter((tick) => tick <= (domain?.[1] ?? 1));
  const axis = { tickCount: ticks, ...(format === undefined ? {} : { format }), ...(squareRoot ? { values, labelOverlap: false } : {}) };
  return { field, type: 'quantitative' as const, title, scale, axis };
}
