import type { MlXgboostClass } from 'ml-xgboost';

/**
 * Loads ml-xgboost. Its loader would stream the WebAssembly file from a path that is no URL, complain, and then read it; where nothing
 * can stream it reads at once.
 */
export async function openMlXgboost(): Promise<MlXgboostClass> {
  const wasm: object = Reflect.get(globalThis, 'WebAssembly');
  const streaming = Object.getOwnPropertyDescriptor(wasm, 'instantiateStreaming');
  Reflect.deleteProperty(wasm, 'instantiateStreaming');
  try {
    const { default: loading } = await import('ml-xgboost');
    return await new Promise<MlXgboostClass>((resolve, reject) => {
      loading.then(resolve, reject);
    });
  } finally {
    if (streaming !== undefined) Object.defineProperty(wasm, 'instantiateStreaming', streaming);
  }
}
