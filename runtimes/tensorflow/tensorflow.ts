/** TensorFlow.js with the fastest backend that is there. The same code computes on each. */
import * as tensorflow from '@tensorflow/tfjs-core'
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import util from 'node:util'
import { registerSharedIdentity } from './shared-identity.ts'
import { registerUnsortedSegmentSum } from './unsorted-segment-sum.ts'

export type Tensorflow = typeof tensorflow

/** `native`: libtensorflow, after `npm run setup:tensorflow`; `wasm`: what every installation has, on one thread. */
export type TensorflowBackend = 'native' | 'wasm'

export interface LoadedTensorflow {
  readonly tf: Tensorflow
  readonly backend: TensorflowBackend
}

/** A name that no compiler looks for: the package is not there on every machine. */
const NATIVE_PACKAGE: string = '@tensorflow/tfjs-node'

/** Its own name for libtensorflow. */
const NATIVE_BACKEND = 'tensorflow'

/**
 * Loads TensorFlow.js once a thread. By default native if available, else wasm. Throws if native is requested and
 * missing. The backend that was asked for last computes from then on, for the whole thread.
 */
export async function loadTensorflow(wanted?: TensorflowBackend): Promise<LoadedTensorflow> {
  const native = wanted === 'wasm' ? undefined : await loadNative()
  if (wanted === 'native' && native !== undefined)
    throw new Error(`Native TensorFlow can't be loaded: "npm run setup:tensorflow" builds it. ${native.message}`)
  const backend = wanted === 'wasm' || native !== undefined ? 'wasm' : 'native'
  if (backend === 'wasm') await loadWasm()
  // Shapes are what our own code says; asking again for each operation takes longer than small ones.
  tensorflow.enableProdMode()
  await withoutListeners(() => tensorflow.setBackend(backend === 'wasm' ? 'wasm' : NATIVE_BACKEND))
  return { tf: tensorflow, backend }
}

/** What is wrong with it, or nothing. */
async function loadNative(): Promise<Error | undefined> {
  try {
    // The package calls what Node has no more since version 23.
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
  // TensorFlow keeps its backends in one place for the whole thread, by whomever they were loaded.
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
 * The wasm module listens for uncaught errors and rethrows them, so that the process would end at a place that has
 * nothing to do with it. What it adds while it starts is taken away.
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
