import { duplicateName, hasLostNames } from '../schemas/json/duplicate-name.ts'

/** Digits of a number that may exceed 2^53. */
const long = /\d{16}/

interface SourcedJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
  rawJSON(text: string): unknown
}
const json = JSON as unknown as SourcedJson

/**
 * Like JSON.parse, but integers that a double can't hold become BigInts with all their digits, and duplicate names in
 * an object are rejected. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  const value = long.test(text) ? withBigInts(text) : (JSON.parse(text) as unknown)
  if (hasLostNames(text, value)) throw new SyntaxError(`${duplicateName(text)} occurs twice.`)
  return value
}

function withBigInts(text: string): unknown {
  return json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value,
  )
}

/** JSON.stringify for the values that `parseJson` returns. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? json.rawJSON(String(one)) : one))
}
