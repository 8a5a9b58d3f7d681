import type { Config } from 'vega-lite';

/** Okabe & Ito 2008: told apart with any colour vision, each at least 3:1 on white as used here. */
export const palette = {
  blue: '#0072B2',
  vermillion: '#D55E00',
  green: '#007A5A',
  purple: '#B0578D',
  orange: '#B87A00',
  ink: '#1A1A1A',
  grey: '#6B6B6B',
  grid: '#E3E3E3',
} as const;

export const foldColours: readonly string[] = [palette.blue, palette.vermillion, palette.green, palette.purple, palette.orange];

/** Width and height of a plain figure's plotting area, in CSS pixels. */
export const plotSize = { width: 520, height: 340 } as const;

const font = 'Helvetica, Arial, "Liberation Sans", sans-serif';

/** Marks carry no ARIA of their own: the SVG is one image with a title and a description. */
export const theme: Config = {
  aria: false,
  background: '#FFFFFF',
  padding: 16,
  font,
  view: { stroke: palette.grid },
  title: {
    anchor: 'start',
    fontSize: 17,
    fontWeight: 600,
    color: palette.ink,
    subtitleFontSize: 13,
    subtitleColor: palette.grey,
    subtitlePadding: 6,
    offset: 14,
  },
  axis: {
    labelFontSize: 13,
    titleFontSize: 14,
    titleFontWeight: 400,
    labelColor: palette.ink,
    titleColor: palette.ink,
    gridColor: palette.grid,
    domainColor: palette.grey,
    tickColor: palette.grey,
    titlePadding: 10,
  },
  legend: { labelFontSize: 13, titleFontSize: 13, labelColor: palette.ink, titleColor: palette.ink },
  text: { fontSize: 13, color: palette.ink },
};
