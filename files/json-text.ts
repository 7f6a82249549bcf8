import { duplicateName, hasLostNames } from '../schemas/json/duplicate-name.ts'

/** A run of digits that may be more than 2^53. */
const long = /\d{16}/

interface SourcedJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
  rawJSON(text: string): unknown
}
const json = JSON as unknown as SourcedJson

/**
 * JSON.parse, but whole numbers that a double can't hold are BigInts with all their digits, and a name that an object
 * has twice is refused. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  const value = long.test(text) ? withBigInts(text) : (JSON.parse(text) as unknown)
  if (hasLostNames(text, value)) throw new SyntaxError(`${duplicateName(text)} is there twice.`)
  return value
}

function withBigInts(text: string): unknown {
  return json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value,
  )
}

/** JSON.stringify for what `parseJson` gives. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? json.rawJSON(String(one)) : one))
}
