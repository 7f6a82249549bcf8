import { isUtf8 } from 'node:buffer'
import { JsonError, parseJson } from '../schemas/json/strict-json.ts'
import { formFields, FormError } from './form-fields.ts'

/** Thrown for a body that is neither JSON nor a form. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError'
}

interface SourcedJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
}

/**
 * Parses the body of a webhook: a form if its content type says so, otherwise JSON. Integers that a double can't hold
 * become text with all their digits. Throws `PayloadError`.
 */
export function parsePayload(contentType: string, body: Uint8Array): unknown {
  if (!isUtf8(body)) throw new PayloadError('The body is not UTF-8.')
  const text = Buffer.from(body).toString()
  try {
    if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return formFields(text)
    return parseJsonText(text)
  } catch (error) {
    if (!(error instanceof JsonError) && !(error instanceof FormError)) throw error
    throw new PayloadError(`The body can’t be read: ${error.message}`, { cause: error })
  }
}

/** Parses JSON; integers that a double can't hold become text with all their digits. Throws `JsonError`. */
export function parseJsonText(text: string): unknown {
  const value = parseJson(text)
  return /\d{16}/.test(text) ? withLongIntegersAsText(text) : value
}

function withLongIntegersAsText(text: string): unknown {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  return (JSON as unknown as SourcedJson).parse(json, (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? source
      : value,
  )
}

/** Returns the text or number at a path of field names joined by dots; `undefined` if there is none. */
export function fieldAt(payload: unknown, path: string): string | undefined {
  let value = payload
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
