export type LogLevel = 'info' | 'warn' | 'error'

/** What a line is about, for programs that read logs. Neither secrets nor customers' data. */
export interface LogFields {
  /** The part of the platform. */
  readonly component?: string
  readonly processor?: string
  readonly topic?: string
  readonly partition?: number
  /** What a model learns: conversion, loan-demand. */
  readonly task?: string
  /** The cause: an `Error`, as it was caught. */
  readonly error?: unknown
  readonly [field: string]: unknown
}

/** Where lines for the operator go. Nothing secret and no customer's data may be in them. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void

export const quiet: Log = () => {}
