/** Loads TensorFlow.js with the fastest backend available. The same code runs on each. */
import * as tensorflow from '@tensorflow/tfjs-core'
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import util from 'node:util'
import { registerSharedIdentity } from './shared-identity.ts'
import { registerUnsortedSegmentSum } from './unsorted-segment-sum.ts'

export type Tensorflow = typeof tensorflow

/** `native`: libtensorflow, after `npm run setup:tensorflow`; `wasm`: part of every installation, single-threaded. */
export type TensorflowBackend = 'native' | 'wasm'

export interface LoadedTensorflow {
  readonly tf: Tensorflow
  readonly backend: TensorflowBackend
}

/** Typed as string so that the compiler does not resolve it: the package is not installed on every machine. */
const NATIVE_PACKAGE: string = '@tensorflow/tfjs-node'

/** Name under which the package registers its backend. */
const NATIVE_BACKEND = 'tensorflow'

/**
 * Loads TensorFlow.js once per thread, by default with the native backend if available, else wasm. Throws if native is
 * requested and missing. The backend requested last is used from then on, for the whole thread.
 */
export async function loadTensorflow(wanted?: TensorflowBackend): Promise<LoadedTensorflow> {
  const native = wanted === 'wasm' ? undefined : await loadNative()
  if (wanted === 'native' && native !== undefined)
    throw new Error(`Native TensorFlow can't be loaded: "npm run setup:tensorflow" builds it. ${native.message}`)
  const backend = wanted === 'wasm' || native !== undefined ? 'wasm' : 'native'
  if (backend === 'wasm') await loadWasm()
  // Shapes are fixed by our own code; checking them for each operation takes longer than a small operation.
  tensorflow.enableProdMode()
  await withoutListeners(() => tensorflow.setBackend(backend === 'wasm' ? 'wasm' : NATIVE_BACKEND))
  return { tf: tensorflow, backend }
}

/** Returns the error if the package can't be loaded. */
async function loadNative(): Promise<Error | undefined> {
  try {
    // The package calls a function that Node removed in version 23.
    const older = util as { isNullOrUndefined?: (value: unknown) => boolean }
    older.isNullOrUndefined ??= (value) => value === null || value === undefined
    await import(NATIVE_PACKAGE)
    return undefined
  } catch (error) {
    return error as Error
  }
}

let loadingWasm: Promise<void> | undefined

async function loadWasm(): Promise<void> {
  // TensorFlow keeps its backends in one registry per thread, whichever code registered them.
  if (tensorflow.findBackendFactory('wasm') === null || loadingWasm !== undefined)
    await (loadingWasm ??= registerWasm())
}

async function registerWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep)
  registerUnsortedSegmentSum(tensorflow)
  registerSharedIdentity(tensorflow)
}

/**
 * Removes the process listeners that the start-up adds. The wasm module listens for uncaught errors and rethrows them,
 * so that the process would end with a misleading stack.
 */
async function withoutListeners(start: () => Promise<unknown>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection']
  const before = events.map((event) => process.rawListeners(event))
  await start()
  events.forEach((event, k) => {
    for (const listener of process.rawListeners(event))
      if (!before[k]!.includes(listener)) process.removeListener(event, listener as () => void)
  })
}
