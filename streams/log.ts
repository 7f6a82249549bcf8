export type LogLevel = 'info' | 'warn' | 'error'

/** Structured fields of a log line. They must contain neither secrets nor customers' data. */
export interface LogFields {
  /** Part of the platform. */
  readonly component?: string
  readonly processor?: string
  readonly topic?: string
  readonly partition?: number
  /** Prediction task of a model, such as conversion or loan-demand. */
  readonly task?: string
  /** Cause, as caught. */
  readonly error?: unknown
  readonly [field: string]: unknown
}

/** Writes a log line for the operator. It must contain neither secrets nor customers' data. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void

export const silentLog: Log = () => {}
