import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { auc } from '../../../metrics/auc.ts';
import { createPrng } from '../../../metrics/prng.ts';
import { loadFittedModel } from '../../../scoring/model/load-fitted-model.ts';
import { wholeView } from '../../row-view.ts';
import type { LabelledRows } from '../trainer.ts';
import { Network } from './network.ts';
import { openTensorFlow } from './open-tensorflow.ts';
import { mlpParams } from './params.ts';
import { openMlpTrainer } from './trainer.ts';

const COLUMNS = ['x', 'y', 'none', 'same'];

/** Who is either high in x or high in y defaults, not both: no sum of features says that. A tenth of y is unknown. */
function book(): LabelledRows {
  const prng = createPrng(3);
  const [values, label]: [number[], number[]] = [[], []];
  for (let row = 0; row < 400; row++) {
    const [x, y] = [prng.next(), prng.next()];
    values.push(x, prng.next() < 0.1 ? Number.NaN : y, Number.NaN, 4);
    label.push(x > 0.5 === y > 0.5 ? 0 : 1);
  }
  return { ...wholeView({ rows: 400, columns: COLUMNS, data: Float32Array.from(values) }), label: Float32Array.from(label), weight: null };
}

async function train(seed: number, rows = book()) {
  const mlp = mlpParams.parse({ hidden: [8], learningRate: 0.05, penalty: 0, batch: 100 });
  const trainer = await openMlpTrainer({ params: { mlp, seed } });
  using learner = await trainer.start(rows, rows);
  for (let round = 1; round <= 25; round++) await learner.train(round);
  return { bytes: learner.save(), margin: learner.valid().margin, rows };
}

const first = train(1);

describe('the mlp trainer', () => {
  test('learns what is no sum of features; the same seed gives the same bytes, another seed others', async () => {
    const { bytes, margin, rows } = await first;
    expect(auc(rows.label, margin)).toBeGreaterThan(0.9);
    expect((await train(1)).bytes).toEqual(bytes);
    expect((await train(2)).bytes).not.toEqual(bytes);
  });

  test('what is loaded predicts as it did, to the bit, without TensorFlow; a changed weight is refused', async () => {
    const { bytes, margin, rows } = await first;
    const path = join(await mkdtemp(join(tmpdir(), 'mlp-')), 'model.json');
    const load = async (content: Uint8Array) => {
      await writeFile(path, content);
      return loadFittedModel(path, { summary: { format: 'mlp-json', features: COLUMNS }, threads: 1, projectDir: '.' });
    };
    using model = await load(bytes);
    expect(model.predict(rows.matrix).margin).toEqual(margin);
    expect(model.explainer.kind).toBe('none');
    const text = new TextDecoder().decode(bytes);
    await expect(load(new TextEncoder().encode(text.replace('"biases":[', '"biases":[1')))).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
    });
  });

  test('a backend that is not installed is asked for by its command', async () => {
    await expect(openTensorFlow('node')).rejects.toMatchObject({
      code: 'NATIVE_NOT_FOUND',
      hint: expect.stringContaining('npm install @tensorflow/tfjs-node'),
    });
  });
});

describe('Network', () => {
  test('its gradients are those of the loss: one step of Adam moves every weight against the numerical slope', async () => {
    const tf = await openTensorFlow('wasm');
    const options = { inputs: 2, hidden: [3], learningRate: 1e-3, penalty: 0.6, rows: 3, intercept: -0.5 };
    const inputs = Float32Array.of(0.5, -1, 2, 0.25, -0.75, 1.5);
    const [label, weight] = [Float32Array.of(1, 0, 1), Float32Array.of(1, 2, 0.5)];
    using network = new Network(tf, { ...options, prng: createPrng(8) });
    const before = network.numbers();
    network.step({ inputs, label, weight });
    const after = network.numbers();
    const flat = before.flatMap(({ weights, biases }) => [...weights, ...biases]);
    const moved = after.flatMap(({ weights, biases }) => [...weights, ...biases]);
    const lossOf = (values: readonly number[]): number => loss(values, { inputs, label, weight }, options.penalty / options.rows);
    flat.forEach((value, at) => {
      const nudged = (by: number): number => lossOf(flat.map((other, index) => (index === at ? value + by : other)));
      const slope = (nudged(1e-5) - nudged(-1e-5)) / 2e-5;
      // Adam's first step is the learning rate against the slope's sign, whatever its size.
      const step = (moved[at] ?? Number.NaN) - value;
      if (Math.abs(slope) < 1e-6) expect(Math.abs(step)).toBeLessThan(1e-3);
      else expect(step / -Math.sign(slope)).toBeCloseTo(1e-3, 5);
    });
  });
});

/** Of a 2–3–1 network, in plain doubles. */
function loss(
  values: readonly number[],
  { inputs, label, weight }: { readonly inputs: Float32Array; readonly label: Float32Array; readonly weight: Float32Array },
  decay: number,
): number {
  const at = (index: number): number => values[index] ?? Number.NaN;
  let sum = 0;
  for (let row = 0; row < label.length; row++) {
    let margin = at(12);
    for (let unit = 0; unit < 3; unit++) {
      const given = (inputs[row * 2] ?? 0) * at(unit) + (inputs[row * 2 + 1] ?? 0) * at(3 + unit) + at(6 + unit);
      margin += Math.max(0, given) * at(9 + unit);
    }
    sum += (weight[row] ?? 0) * (Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(margin, 0) - (label[row] ?? 0) * margin);
  }
  const squares = [0, 1, 2, 3, 4, 5, 9, 10, 11].reduce((total, index) => total + at(index) ** 2, 0);
  return sum / label.length + (decay / 2) * squares;
}
