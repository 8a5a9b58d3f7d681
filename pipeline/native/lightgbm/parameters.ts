export type LightgbmParams = Readonly<Record<string, string | number>>;

/** In the library's form, `a=1 b=x`, as its Python package writes it. */
export function parameterText(params: LightgbmParams): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
