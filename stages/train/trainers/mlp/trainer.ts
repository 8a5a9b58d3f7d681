import { setImmediate } from 'node:timers/promises';
import { createPrng, type Prng } from '../../../metrics/prng.ts';
import { shuffledRows } from '../../../metrics/shuffled-rows.ts';
import { layerOutputs, type MlpDocument } from '../../../scoring/model/mlp-model.ts';
import { sealedModelBytes } from '../../../scoring/model/sealed-model.ts';
import type { RowView } from '../../row-view.ts';
import { selectValues } from '../../select-values.ts';
import type { Design } from '../logistic/design.ts';
import { standardTerms } from '../logistic/standard-terms.ts';
import { termDesign } from '../logistic/term-design.ts';
import type { LabelledRows, Learner, Trainer, TrainerSetup } from '../trainer.ts';
import { Network } from './network.ts';
import { openTensorFlow, type TensorFlow } from './open-tensorflow.ts';
import type { MlpParams } from './params.ts';

interface MlpSetup {
  readonly params: Pick<TrainerSetup['params'], 'mlp' | 'seed'>;
}

/** A multi-layer perceptron on standardised inputs, by TensorFlow.js; one epoch a round. */
export async function openMlpTrainer({ params: { mlp: params, seed } }: MlpSetup): Promise<Trainer> {
  const tf = await openTensorFlow(params.backend);
  const { hidden, batch, learningRate, penalty, clip, backend } = params;
  return {
    library: '@tensorflow/tfjs-core',
    libraryVersion: tf.version_core,
    format: 'mlp-json',
    maxRounds: params.epochs,
    patience: 6,
    parameters: { hidden: hidden.join('-'), batch, learningRate, penalty, clip, backend, seed },
    start: (train, valid) => startMlp(tf, { params, prng: createPrng(seed) }, { train, valid }),
  };
}

interface Rows {
  readonly train: LabelledRows;
  readonly valid: RowView | null;
}

function startMlp(tf: TensorFlow, { params, prng }: { readonly params: MlpParams; readonly prng: Prng }, { train, valid }: Rows): Learner {
  const inputs = [...standardTerms(train, { clip: params.clip, missingIndicators: false })];
  const design = termDesign(inputs, train);
  const validDesign = termDesign(inputs, valid ?? { matrix: train.matrix, rows: new Uint32Array() });
  const weight = train.weight ?? new Float32Array(train.label.length).fill(1);
  const total = weight.reduce((sum, value) => sum + value, 0);
  const positive = weight.reduce((sum, value, row) => sum + value * (train.label[row] ?? 0), 0);
  const network = new Network(tf, {
    ...params,
    inputs: inputs.length,
    rows: total,
    intercept: Math.log(positive / (total - positive)),
    prng,
  });
  return {
    train: async () => {
      const order = shuffledRows(design.rows, prng);
      for (let from = 0; from < order.length; from += params.batch) {
        network.step(batchOf(design, order.subarray(from, from + params.batch), { label: train.label, weight }));
        // Lets a cancellation in.
        if ((from / params.batch) % 64 === 63) await setImmediate();
      }
    },
    trainMargin: () => margins(network, design),
    validMargin: () => margins(network, validDesign),
    valid: () => {
      const margin = margins(network, validDesign, Float64Array);
      return { margin: Float32Array.from(margin), probability: Float32Array.from(margin, (value) => 1 / (1 + Math.exp(-value))) };
    },
    save: () => {
      const layers = network.numbers().map(({ weights, biases }) => ({ weights: [...weights], biases: [...biases] }));
      const document: MlpDocument = { format: 'mlp-json', features: [...train.matrix.columns], backend: params.backend, inputs, layers };
      return sealedModelBytes(document);
    },
    [Symbol.dispose]: () => network[Symbol.dispose](),
  };
}

function margins(network: Network, design: Design): Float32Array;
function margins(network: Network, design: Design, kind: Float64ArrayConstructor): Float64Array;
function margins(network: Network, { rows, width, data }: Design, kind?: Float64ArrayConstructor): Float32Array | Float64Array {
  const layers = network.numbers();
  const found = new (kind ?? Float32Array)(rows);
  for (let row = 0; row < rows; row++) found[row] = layerOutputs(layers, data.subarray(row * width, (row + 1) * width));
  return found;
}

function batchOf(
  { width, data }: Design,
  rows: Uint32Array,
  { label, weight }: { readonly label: Float32Array; readonly weight: Float32Array },
) {
  const inputs = new Float32Array(rows.length * width);
  rows.forEach((row, at) => inputs.set(data.subarray(row * width, (row + 1) * width), at * width));
  return { inputs, label: selectValues(label, rows), weight: selectValues(weight, rows) };
}
