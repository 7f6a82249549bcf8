import jsonata from 'jsonata'
import { mappingFunctions } from './mapping-functions.ts'

/** A compiled mapping. */
export interface Mapping {
  /** Evaluates the mapping on a payload. Returns plain JSON, `undefined` for nothing. Rejects with `MappingError`. */
  evaluate(payload: unknown, variables?: Readonly<Record<string, unknown>>): Promise<unknown>
}

/** Thrown for a mapping that can't be compiled, or that fails on a payload. */
export class MappingError extends Error {
  override readonly name = 'MappingError'
}

/** Limits of one evaluation. `stack` counts nested expressions, `sequence` items of a result sequence. */
const LIMITS = { timeout: 250, stack: 250, sequence: 10_000 }
/** Length limit of a text from `$pad`, which would otherwise allocate any amount at once. */
const PAD_MAX = 10_000

const NOT_REPEATABLE = 'a repeated delivery must give the same events'
/** Functions of JSONata that mappings may not use, with the reason. */
const refused: Readonly<Record<string, string>> = {
  now: NOT_REPEATABLE,
  millis: NOT_REPEATABLE,
  random: NOT_REPEATABLE,
  shuffle: NOT_REPEATABLE,
  eval: 'it would run text of the payload as a program',
  distinct: 'it compares all pairs, and its time can’t be bounded',
}

/** Compiles a mapping. Throws `MappingError` with the position of the first fault. */
export function compileMapping(text: string): Mapping {
  const expression = parse(text)
  for (const [name, implementation] of Object.entries(mappingFunctions))
    expression.registerFunction(name, implementation)
  expression.registerFunction('pad', pad)
  return {
    async evaluate(payload, variables = {}) {
      try {
        const result: unknown = await expression.evaluate(payload, variables)
        // Sequences of JSONata carry extra properties, and may share parts with the payload.
        return result === undefined ? undefined : JSON.parse(JSON.stringify(result) ?? 'null')
      } catch (error) {
        throw new MappingError(messageOf(error), { cause: error })
      }
    },
  }
}

/** Returns why a mapping can't be compiled; `undefined` if it can. */
export function mappingFault(text: string): string | undefined {
  try {
    compileMapping(text)
    return undefined
  } catch (error) {
    if (error instanceof MappingError) return error.message
    throw error
  }
}

function parse(text: string): jsonata.Expression {
  let fault: string | undefined
  try {
    const expression = jsonata(text, LIMITS)
    fault = findRefused(expression.ast())
    if (fault === undefined) return expression
  } catch (error) {
    const why = error instanceof RangeError ? 'It is nested too deep.' : `It is no JSONata: ${messageOf(error)}`
    throw new MappingError(why, { cause: error })
  }
  throw new MappingError(fault)
}

/** Finds a regular expression or a refused function anywhere in the syntax tree. */
function findRefused(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return undefined
  if (Array.isArray(node)) return firstRefused(node)
  const { type, value } = node as { readonly type?: unknown; readonly value?: unknown }
  if (type === 'regex')
    return 'Regular expressions are not allowed, because their time can’t be bounded. Use $contains, $split, $substringBefore or $substringAfter.'
  if (type === 'variable' && typeof value === 'string' && Object.hasOwn(refused, value))
    return `$${value} is not allowed: ${refused[value]!}.`
  return firstRefused(Object.values(node))
}

function firstRefused(nodes: readonly unknown[]): string | undefined {
  for (const node of nodes) {
    const fault = findRefused(node)
    if (fault !== undefined) return fault
  }
  return undefined
}

function pad(text: unknown, width: unknown, fill: unknown = ' '): string {
  if (typeof text !== 'string' || typeof width !== 'number' || typeof fill !== 'string')
    throw new Error('$pad takes a text, a width and a text to fill with.')
  if (!(Math.abs(width) <= PAD_MAX)) throw new Error(`The width of $pad must be at most ${PAD_MAX}.`)
  return width < 0 ? text.padStart(-width, fill) : text.padEnd(width, fill)
}

/** Describes an error of JSONata, which is often a plain object. */
function messageOf(error: unknown): string {
  const { message, position, code } = error as { message?: string; position?: number; code?: string }
  if (code === 'D1012') return `It took longer than ${LIMITS.timeout} ms.`
  if (code === 'D1011') return `It is nested more than ${LIMITS.stack} levels deep.`
  if (code === 'D2015') return `It made more than ${LIMITS.sequence} values.`
  const place = position === undefined ? '' : ` (at character ${position})`
  return `${message ?? code ?? String(error)}${place}`
}
