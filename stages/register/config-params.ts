/** MLflow cuts longer values without a word. */
const LONGEST = 6000;
/** MLflow has no other characters in the name of a param. */
const FOREIGN = /[^\w./ -]/g;

/** A resolved config as params, one a leaf: `params.train.eta`. A value too long for a param is in `config.json` whole. */
export function configParams(config: Readonly<Record<string, unknown>>): Record<string, string> {
  const leaves: Record<string, string> = {};
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
      return;
    }
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
    leaves[path.replaceAll(FOREIGN, '_').slice(0, 250)] =
      text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 30)}… (whole in config.json)`;
  };
  walk(config, '');
  return leaves;
}
