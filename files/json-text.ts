/** A run of digits that may be more than 2^53. */
const long = /\d{16}/

interface SourcedJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
  rawJSON(text: string): unknown
}
const json = JSON as unknown as SourcedJson

/** JSON.parse, but whole numbers that a double can't hold are BigInts with all their digits. Throws `SyntaxError`. */
export function parseJson(text: string): unknown {
  if (!long.test(text)) return JSON.parse(text)
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
