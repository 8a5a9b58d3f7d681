/** Arrays of one entry a split, and of one a leaf, in each tree. */
const SPLIT_KEYS = ['split_feature', 'threshold', 'decision_type', 'left_child', 'right_child'];

/**
 * Reads over a model's text and checks what the library does not: that it is all there, tree by tree, and that no tree points
 * outside itself. The library itself takes a text that is cut off, and reads beyond it.
 * @returns the names of its features, in its order
 * @throws RangeError that says what is wrong, and where
 */
export function readModelText(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (!text.startsWith('tree\n')) throw new RangeError('it does not begin with "tree"');
  const end = text.indexOf('\n\n');
  if (end < 0) throw new RangeError('its head has no end');
  const head = readPairs(text.slice(0, end));
  const features = words(head, 'feature_names');
  const sizes = head.get('tree_sizes') === '' ? [] : words(head, 'tree_sizes').map(Number);
  if (features.length !== Number(head.get('max_feature_idx')) + 1)
    throw new RangeError('its head has not as many feature names as features');
  // Sizes are in bytes, and names may have more of them than letters.
  let at = new TextEncoder().encode(text.slice(0, end + 2)).length;
  sizes.forEach((size, tree) => {
    checkTree(new TextDecoder().decode(bytes.subarray(at, at + size)), { tree, size, features: features.length });
    at += size;
  });
  const rest = new TextDecoder().decode(bytes.subarray(at));
  if (!rest.startsWith('end of trees\n')) throw new RangeError(`its trees do not end at byte ${at}`);
  if (!/\nend of parameters\n[^]*\npandas_categorical:[^\n]*\n$/.test(rest)) throw new RangeError('it is cut off after its trees');
  return features;
}

function checkTree(
  block: string,
  { tree, size, features }: { readonly tree: number; readonly size: number; readonly features: number },
): void {
  const fail = (what: string): never => {
    throw new RangeError(`tree ${tree}: ${what}`);
  };
  if (!(size > 0) || !block.startsWith(`Tree=${tree}\n`) || !block.endsWith('\n')) fail('it is not where the head says');
  const pairs = readPairs(block);
  const leaves = Number(pairs.get('num_leaves'));
  if (!Number.isInteger(leaves) || leaves < 1) fail('it has no number of leaves');
  const values = words(pairs, 'leaf_value');
  if (values.length !== leaves || values.some((value) => !Number.isFinite(Number(value)))) fail(`it has ${leaves} leaves and other values`);
  if (leaves === 1) return;
  for (const key of SPLIT_KEYS) if (words(pairs, key).length !== leaves - 1) fail(`${key} is not one a split`);
  const inside = (key: string, low: number, high: number): boolean =>
    words(pairs, key).every((word) => Number.isInteger(Number(word)) && Number(word) >= low && Number(word) < high);
  if (!inside('split_feature', 0, features)) fail('it splits by a feature that is not there');
  if (!inside('left_child', -leaves, leaves - 1) || !inside('right_child', -leaves, leaves - 1)) fail('it points outside itself');
}

function readPairs(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function words(pairs: ReadonlyMap<string, string>, key: string): readonly string[] {
  const value = pairs.get(key);
  if (value === undefined) throw new RangeError(`it has no ${key}`);
  return value.split(' ');
}
