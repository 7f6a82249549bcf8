import type { InferenceSession } from 'onnxruntime-node'

/** Errors are thrown, and so need not be written to the standard error as well. */
const FATAL = 4

/** One thread: several models, and several threads of one, share the machine. */
export const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: FATAL,
}
