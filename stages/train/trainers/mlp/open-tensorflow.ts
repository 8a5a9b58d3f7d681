import type * as tensorflow from '@tensorflow/tfjs-core';
import { messageOf, SluiceError } from '../../../../pipeline/index.ts';
import type { MlpParams } from './params.ts';

export type TensorFlow = typeof tensorflow;

/**
 * TensorFlow.js with its backend ready. wasm runs on one thread, so that the same seed gives the same bytes.
 * @throws SluiceError NATIVE_NOT_FOUND where node is asked for and not installed
 */
export async function openTensorFlow(backend: MlpParams['backend']): Promise<TensorFlow> {
  // Whoever reads this stage's declaration alone would load it otherwise.
  const tf = await import('@tensorflow/tfjs-core');
  if (backend === 'wasm') (await import('@tensorflow/tfjs-backend-wasm')).setThreadsCount(1);
  else await importNodeBackend();
  const name = backend === 'wasm' ? 'wasm' : 'tensorflow';
  if (!(await tf.setBackend(name))) throw new SluiceError('NATIVE_NOT_FOUND', `TensorFlow.js cannot start its backend "${name}"`);
  return tf;
}

async function importNodeBackend(): Promise<void> {
  const name = '@tensorflow/tfjs-node';
  try {
    // sluice-allow-untracked: an optional package of the user's; backend: node is part of the fingerprint, and it says so
    await import(name);
  } catch (error) {
    throw new SluiceError('NATIVE_NOT_FOUND', `params.train.mlp.backend is node, but ${name} cannot be loaded: ${messageOf(error)}`, {
      cause: error,
      hint: `npm install ${name}, or leave params.train.mlp.backend at wasm.`,
    });
  }
}
