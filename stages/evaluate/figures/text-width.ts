/** Advance widths of Helvetica for the characters U+0020 to U+007E, in thousandths of the font size (Adobe Font Metrics). */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
  278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
  667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

/** Width of a line of text in pixels: the layout then needs no canvas and is the same on every machine. */
export function textWidth({ fontSize = 11, fontWeight = 400 }: TextItem, text: string | number | null | undefined): number {
  let thousandths = 0;
  for (const character of String(text ?? '')) thousandths += WIDTHS[(character.codePointAt(0) ?? 0) - 32] ?? 556;
  const bold = fontWeight === 'bold' || Number(fontWeight) >= 600 ? 1.07 : 1;
  return (thousandths / 1000) * fontSize * bold;
}
