export interface ChannelOptions {
  /** Ends of the axis; from the data where absent. */
  readonly domain?: readonly [number, number];
  /** A d3 format, such as '.0%'. */
  readonly format?: string;
  readonly ticks?: number;
}

/** A quantitative axis of a figure. */
export function channel(field: string, title: string, { domain, format, ticks = 6 }: ChannelOptions = {}) {
  const scale: { domain?: number[]; zero: boolean } = domain === undefined ? { zero: false } : { domain: [...domain], zero: false };
  return { field, type: 'quantitative' as const, title, scale, axis: { tickCount: ticks, ...(format === undefined ? {} : { format }) } };
}
