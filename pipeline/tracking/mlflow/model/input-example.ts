/** A few rows of model input; null is a missing value. */
export interface InputExample {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** `input_example.json`, pandas' "split" orientation. */
export function inputExampleJson(example: InputExample): string {
  return `{"columns": ${JSON.stringify(example.columns)}, "data": [${example.rows.map((row) => `[${row.map(decimal).join(', ')}]`).join(', ')}]}`;
}

/** `serving_input_example.json`: the body of a POST to /invocations. */
export function servingExampleJson(example: InputExample): string {
  return `{"dataframe_split": ${inputExampleJson(example)}}`;
}

/** Always with a fraction or an exponent: a column of whole numbers would become int64 in Python, which `double` refuses. */
function decimal(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'null';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
