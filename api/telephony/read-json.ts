import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { parseJson } from '../../schemas/json/strict-json.ts'

/** Longer texts are no turn of a conversation. */
export const TEXT_CHARACTERS_MAX = 8_000

/** An identifier of a call system. */
export const Id = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' })

/** Parses a frame as a JSON object; returns why it can't be. */
export function parseFrame(text: string): { readonly frame: Record<string, unknown> } | { readonly refused: string } {
  try {
    const frame = parseJson(text)
    if (typeof frame === 'object' && frame !== null && !Array.isArray(frame))
      return { frame: frame as Record<string, unknown> }
    return { refused: 'The frame is not a JSON object.' }
  } catch (error) {
    return { refused: `The frame is not valid JSON: ${(error as Error).message}` }
  }
}

/** Returns why a value breaks a schema; `undefined` if it does not. */
export function problemOf(schema: TSchema, value: unknown): string | undefined {
  if (Value.Check(schema, value)) return undefined
  const first = [...Value.Errors(schema, value)][0]
  return first === undefined ? 'It has an unknown form.' : `${first.instancePath || 'The frame'} ${first.message}.`
}

/** Checks a value against a schema and runs `then` with it. */
export function readAs<Schema extends TSchema, Result>(
  schema: Schema,
  value: unknown,
  then: (value: Static<Schema>) => Result,
): Result | { readonly refused: string } {
  const problem = problemOf(schema, value)
  return problem === undefined ? then(value as Static<Schema>) : { refused: problem }
}
