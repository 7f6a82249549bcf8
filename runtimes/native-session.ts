import { InferenceSession } from 'onnxruntime-node'
import { nativeCall } from './native-calls.ts'

/** Errors are thrown, and so need not be written to the standard error as well. */
const FATAL = 4

/** One thread: several models, and several threads of one, share the machine. */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: FATAL,
}

/** A session of ONNX Runtime that may be used in threads: each of its calls is announced. */
export interface NativeSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** Gives the outputs that are named. */
  readonly run: (
    inputs: InferenceSession.FeedsType,
    outputs: readonly string[],
  ) => Promise<InferenceSession.OnnxValueMapType>
  readonly release: () => Promise<void>
}

/** Opens a model, from its bytes or a file. */
export async function openNativeSession(model: Uint8Array | string): Promise<NativeSession> {
  // Each of the two has a signature of its own.
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
