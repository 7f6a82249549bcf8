import { duplicateName, escaped } from './duplicate-name.ts'

/**
 * Maximum depth of nesting: more than any accepted document has, and far below the depth at which recursion overflows
 * the stack.
 */
export const JSON_DEPTH_MAX = 64

/** Thrown for a text that is not valid JSON by these rules. */
export class JsonError extends Error {
  override readonly name = 'JsonError'
  /** A JSON Pointer (RFC 6901); empty for the text as a whole. */
  readonly path: string

  constructor(problem: string, path = '') {
    super(problem)
    this.path = path
  }
}

const QUOTE = 34
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const SMALL_D = 100
const SMALL_U = 117
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/**
 * Parses a text as I-JSON (RFC 7493): no duplicate names in an object, no lone surrogates, no numbers beyond 64 bits.
 * `__proto__` as a name and more levels than `JSON_DEPTH_MAX` are rejected too; a leading byte order mark is skipped.
 * Throws `JsonError`.
 *
 * Names are counted before and after JSON.parse, which drops duplicates. So the checks cost little beside JSON.parse
 * itself, and only a text that fails them is searched for the place.
 */
export function parseJson(text: string): unknown {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const { names, surrogates } = scan(json)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw new JsonError((error as Error).message)
  }
  const kept = countNames(value, surrogates)
  if (Number.isNaN(kept)) throw new JsonError(...findInvalid(value, '')!)
  if (kept !== names) throw new JsonError('The name occurs twice.', duplicateName(json))
  return value
}

/** Counts the names of the text, and reports escapes that may be lone surrogates. Throws for too many levels. */
function scan(json: string): { names: number; surrogates: boolean } {
  let names = 0
  let depth = 0
  let surrogates = false
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        for (at++; at < json.length; at++) {
          const character = json.charCodeAt(at)
          if (character === QUOTE) break
          if (character !== BACKSLASH) continue
          at++
          // \ud… and \uD…
          if (json.charCodeAt(at) === SMALL_U && (json.charCodeAt(at + 1) | 32) === SMALL_D) surrogates = true
        }
        break
      case COLON:
        names++
        break
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (++depth > JSON_DEPTH_MAX) throw new JsonError(`It is nested more than ${JSON_DEPTH_MAX} levels deep.`)
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth--
    }
  }
  return { names, surrogates }
}

/** Counts the names in a parsed value; NaN if anything in it is invalid. */
function countNames(value: unknown, surrogates: boolean): number {
  if (typeof value === 'string') return surrogates && !value.isWellFormed() ? Number.NaN : 0
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN
  if (typeof value !== 'object' || value === null) return 0
  let names = 0
  if (Array.isArray(value)) {
    for (const item of value) names += countNames(item, surrogates)
    return names
  }
  for (const name in value) {
    if (name === '__proto__' || (surrogates && !name.isWellFormed())) return Number.NaN
    names += 1 + countNames((value as Record<string, unknown>)[name], surrogates)
  }
  return names
}

/** Returns what `countNames` found invalid, and where. */
function findInvalid(value: unknown, path: string): [problem: string, path: string] | undefined {
  if (typeof value === 'string')
    return value.isWellFormed() ? undefined : ['It contains half of a surrogate pair, which is not a character.', path]
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : ['It is a number beyond the range of 64 bits.', path]
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const place = `${path}/${escaped(name.toWellFormed())}`
    if (name === '__proto__') return ['__proto__ is not allowed as a name.', place]
    if (!name.isWellFormed()) return ['Its name contains half of a surrogate pair, which is not a character.', place]
    const fault = findInvalid(inner, place)
    if (fault !== undefined) return fault
  }
  return undefined
}
