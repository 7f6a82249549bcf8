import { InferenceSession } from 'onnxruntime-node'
import { nativeCall } from './native-calls.ts'

/** Errors are thrown, so they need not be written to standard error as well. */
const FATAL = 4

/** Uses one thread per session: several models, and several threads of one model, share the machine. */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: FATAL,
}

/** A session of ONNX Runtime that may be used in worker threads: each of its calls is registered with `nativeCall`. */
export interface NativeSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** Runs the model and returns the named outputs. */
  readonly run: (
    inputs: InferenceSession.FeedsType,
    outputs: readonly string[],
  ) => Promise<InferenceSession.OnnxValueMapType>
  readonly release: () => Promise<void>
}

/** Opens a model, from its bytes or a file. */
export async function openNativeSession(model: Uint8Array | string): Promise<NativeSession> {
  // The two calls have different overloads.
  const session = await nativeCall(() =>
    typeof model === 'string' ? InferenceSession.create(model, OPTIONS) : InferenceSession.create(model, OPTIONS),
  )
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (inputs, outputs) => nativeCall(() => session.run(inputs, outputs)),
    release: () => nativeCall(() => session.release()),
  }
}
