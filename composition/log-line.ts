import type { LogFields } from '../streams/log.ts'

/**
 * Returns fields that JSON can hold. Only harmless properties of errors are kept, since database errors contain values
 * of rows.
 */
export function plainFields({ error, ...fields }: LogFields): LogFields {
  return error === undefined ? fields : { ...fields, error: plainError(error) }
}

interface PlainError {
  readonly type: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string | undefined
  readonly cause?: PlainError
}

function plainError(error: unknown): PlainError {
  if (isPlain(error)) return error
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  const { name, message, stack, cause } = error
  return {
    type: name,
    message,
    stack,
    ...('code' in error ? { code: error.code } : {}),
    ...(cause === undefined ? {} : { cause: plainError(cause) }),
  }
}

/** Returns whether the error is plain already because it came from another thread. */
function isPlain(error: unknown): error is PlainError {
  return typeof error === 'object' && error !== null && 'type' in error && !(error instanceof Error)
}

/** Formats a line for people: message, fields in parentheses, cause. The message makes the component evident. */
export function lineOf(message: string, fields: LogFields = {}): string {
  const { error, ...rest } = plainFields(fields)
  const shown = Object.entries(rest)
    .filter(([name, value]) => name !== 'component' && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
  const cause = error === undefined ? '' : `: ${errorText(error as PlainError)}`
  return `${message}${shown.length === 0 ? '' : ` (${shown.join(', ')})`}${cause}`
}

function errorText({ type, message, cause }: PlainError): string {
  return `${type}: ${message}${cause === undefined ? '' : ` (${cause.message})`}`
}
