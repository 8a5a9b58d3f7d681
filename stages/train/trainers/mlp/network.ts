import type { NamedTensorMap, Rank, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Prng } from '../../../metrics/prng.ts';
import type { TensorFlow } from './open-tensorflow.ts';

interface NamedTensor {
  readonly name: string;
  readonly tensor: NamedTensorMap[string];
}

interface Layer {
  readonly weights: Variable<Rank.R2>;
  readonly biases: Variable<Rank.R2>;
}

/** Numbers of one layer, as they are saved. */
export interface LayerNumbers {
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

export interface NetworkOptions {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly learningRate: number;
  /** λ of ½·λ·Σ weights², over all rows together. */
  readonly penalty: number;
  /** Training rows, or their weight: what the penalty is spread over. */
  readonly rows: number;
  /** What the network says before it has learnt anything, in log-odds. */
  readonly intercept: number;
  readonly prng: Prng;
}

/** Some rows at once. */
export interface Batch {
  /** Row-major. */
  readonly inputs: Float32Array;
  readonly label: Float32Array;
  /** Sums to about the number of rows. */
  readonly weight: Float32Array;
}

/**
 * A perceptron with rectified layers and one output, trained by Adam. The gradients are written out: TensorFlow.js's core
 * registers those of its operations only in bundles, and a chain of matrix products needs no more than this.
 */
export class Network implements Disposable {
  readonly #tf: TensorFlow;
  readonly #layers: readonly Layer[];
  readonly #optimizer: ReturnType<TensorFlow['train']['adam']>;
  readonly #options: NetworkOptions;

  constructor(tf: TensorFlow, options: NetworkOptions) {
    this.#tf = tf;
    this.#options = options;
    const sizes = [options.inputs, ...options.hidden, 1];
    this.#layers = sizes.slice(1).map((outputs, at) => {
      const inputs = sizes[at] ?? 0;
      const last = at === sizes.length - 2;
      // Glorot & Bengio 2010: uniform, so that variances neither grow nor vanish from layer to layer.
      const limit = Math.sqrt(6 / (inputs + outputs));
      const drawn = Float32Array.from({ length: inputs * outputs }, () => (2 * options.prng.next() - 1) * limit);
      return {
        weights: tf.variable(tf.tensor2d(drawn, [inputs, outputs])),
        biases: tf.variable(tf.tensor2d(new Float32Array(outputs).fill(last ? options.intercept : 0), [1, outputs])),
      };
    });
    this.#optimizer = tf.train.adam(options.learningRate);
  }

  /** One step of Adam on the weighted mean loss of the batch. */
  step({ inputs, label, weight }: Batch): void {
    const tf = this.#tf;
    tf.tidy(() => {
      const rows = label.length;
      // What each layer is given; the last entry is the network's output.
      const given: Tensor2D[] = [tf.tensor2d(inputs, [rows, this.#options.inputs])];
      this.#layers.forEach(({ weights, biases }, at) => {
        const sum = tf.add<Tensor2D>(tf.matMul(given[at] ?? tf.zeros([rows, 0]), weights), biases);
        given.push(at === this.#layers.length - 1 ? sum : tf.relu(sum));
      });
      const error = tf.sub(tf.sigmoid(given.at(-1) ?? tf.scalar(0)), tf.tensor2d(label, [rows, 1]));
      const slope = tf.div<Tensor2D>(tf.mul(error, tf.tensor2d(weight, [rows, 1])), rows);
      this.#optimizer.applyGradients(this.#gradients(given, slope));
    });
  }

  numbers(): readonly LayerNumbers[] {
    return this.#layers.map(({ weights, biases }) => ({
      weights: Float32Array.from(weights.dataSync()),
      biases: Float32Array.from(biases.dataSync()),
    }));
  }

  [Symbol.dispose](): void {
    for (const { weights, biases } of this.#layers) {
      weights.dispose();
      biases.dispose();
    }
    this.#optimizer.dispose();
  }

  /** From the last layer back to the first. */
  #gradients(given: readonly Tensor2D[], last: Tensor2D): NamedTensor[] {
    const tf = this.#tf;
    const { penalty, rows } = this.#options;
    const found: NamedTensor[] = [];
    let slope = last;
    for (let at = this.#layers.length - 1; at >= 0; at--) {
      const [layer, input] = [this.#layers[at], given[at]];
      if (layer === undefined || input === undefined) continue;
      const { weights, biases } = layer;
      const change = tf.add(tf.matMul(input, slope, true, false), tf.mul(weights, penalty / rows));
      found.push({ name: weights.name, tensor: change }, { name: biases.name, tensor: tf.sum(slope, 0, true) });
      slope = tf.mul(tf.matMul(slope, weights, false, true), tf.cast(tf.greater(input, 0), 'float32'));
    }
    return found;
  }
}
