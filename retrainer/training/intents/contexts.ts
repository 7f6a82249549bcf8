import { bucketOf } from '../../../features/hashed-names.ts'
import { valueCode } from '../../../features/string-hash.ts'
import { TURN_CATEGORIES, turnFeatures } from '../../../features/calls/turns.ts'
import { jsonText } from '../../../files/json-text.ts'
import { BAD_SHARE_MAX } from '../../../models/table/number-format.ts'
import { isAbsent } from '../../../models/table/table.ts'
import { termsOf } from '../../../models/text/terms.ts'
import { JsonLinesError } from '../read-json-lines.ts'

/** A number or a category code. `written` is the name that was encoded. */
interface ContextValue {
  readonly value: number
  readonly isCode: boolean
  readonly written?: string
}

/** The numbers and codes of a context, by name. */
export type ContextRow = ReadonlyMap<string, ContextValue>

/** Number of newest list entries that get columns of their own. */
const NEWEST = 2
/** Number of hash buckets for the words and letters of earlier texts. */
const GROUPS = 64
/** Maximum length of a name; longer values are treated as texts. */
const NAME_MAX = 40

/** Names and kinds of the context columns; those of turn@1 if no others occur. */
export interface ContextNames {
  readonly featureSet: string
  readonly names: readonly string[]
  readonly isCode: readonly boolean[]
}

/** Values of a column that can't be read as its kind and so count as missing. */
export interface UnparsedContext {
  readonly name: string
  readonly count: number
  readonly example: string
  /** Row of the first such value. */
  readonly row: number
}

/**
 * Decides names and kinds of the context columns on some rows. A column is numeric if at most a tenth of its known
 * values are names.
 */
export function contextNames(contexts: readonly ContextRow[], fitRows: Int32Array): ContextNames {
  const found = new Map<string, { known: number; names: number }>()
  for (const row of fitRows)
    for (const [name, { isCode }] of contexts[row]!) {
      const counts = found.get(name) ?? { known: 0, names: 0 }
      counts.known++
      if (isCode) counts.names++
      found.set(name, counts)
    }
  const isOfTurns = found.size > 0 && [...found.keys()].every((name) => turnFeatures.names.includes(name))
  const names = isOfTurns ? [...turnFeatures.names] : [...found.keys()].sort()
  return {
    featureSet: isOfTurns ? turnFeatures.id : 'context@1',
    names,
    isCode: names.map((name) => {
      const counts = found.get(name) ?? { known: 0, names: 0 }
      return TURN_CATEGORIES.includes(name) || counts.names > BAD_SHARE_MAX * counts.known
    }),
  }
}

/** Columns of hashed words, which are 0 if the text is absent; other absent values are missing. */
const COUNTED = /\.words\d+\.\d+$/

/** Encodes contexts as rows; NaN where a value is absent or of another kind than its column. */
export function contextRows(
  contexts: readonly ContextRow[],
  { names, isCode }: Pick<ContextNames, 'names' | 'isCode'>,
): { readonly rows: Float32Array; readonly unparsedContexts: readonly UnparsedContext[] } {
  const rows = new Float32Array(contexts.length * names.length).fill(Number.NaN)
  const unparsedContexts = new Map<string, UnparsedContext>()
  contexts.forEach((context, row) =>
    names.forEach((name, place) => {
      const given = context.get(name)
      if (given === undefined) {
        if (COUNTED.test(name)) rows[row * names.length + place] = 0
      } else if (isCode[place] === given.isCode) rows[row * names.length + place] = given.value
      // In a column of names, a number counts as a name.
      else if (isCode[place]) rows[row * names.length + place] = valueCode(String(given.value))
      else {
        const { count, ...first } = unparsedContexts.get(name) ?? { count: 0, name, example: given.written ?? '', row }
        unparsedContexts.set(name, { ...first, count: count + 1 })
      }
    }),
  )
  return { rows, unparsedContexts: [...unparsedContexts.values()] }
}

/** Describes unreadable values: how many, where, an example, and how they were treated. */
export function unparsedContextNote({ name, count, example, row }: UnparsedContext): string {
  const values = count === 1 ? '1 value' : `${count} values`
  return `${values} of the context’s ${name}, which is a number, can't be read as one and ${count === 1 ? 'counts' : 'count'} as missing: ${JSON.stringify(example)} (row ${row + 1}).`
}

/** Parses a context: an object of numbers, names and lists, or a list of names or of earlier texts. */
export function contextOf(value: unknown, field: string, place: string): ContextRow {
  const context = new Map<string, ContextValue>()
  if (value === null) return context
  const wrong = (of: unknown) =>
    new JsonLinesError(
      `The field ${JSON.stringify(field)} of ${place} has ${jsonText(of)}: a context is made of numbers, true and false, names, and lists of names or texts.`,
    )
  const add = (name: string, of: unknown): void => {
    if (of === null || of === undefined || (typeof of === 'string' && isAbsent(of))) return
    if (typeof of === 'number' && Number.isFinite(of))
      context.set(name, { value: of, isCode: TURN_CATEGORIES.includes(name) })
    else if (typeof of === 'boolean') context.set(name, { value: of ? 1 : 0, isCode: false })
    else if (typeof of === 'string') context.set(name, { value: valueCode(of), isCode: true, written: of })
    else if (Array.isArray(of)) addList(name, of)
    else throw wrong(of)
  }
  const addList = (name: string, list: readonly unknown[]): void => {
    const texts = list.filter((one): one is string => typeof one === 'string')
    if (texts.length !== list.length) throw wrong(list)
    for (let back = 1; back <= NEWEST; back++) {
      const one = texts.at(-back)
      if (one === undefined) continue
      context.set(`${name}.back${back}`, { value: valueCode(one.slice(0, NAME_MAX)), isCode: true, written: one })
      if (one.length > NAME_MAX || /\s|\p{Script=Han}{4}/u.test(one)) addWords(`${name}.words${back}`, one)
    }
  }
  const addWords = (name: string, text: string): void => {
    const terms = [...termsOf(text)]
    for (const term of terms) {
      const group = `${name}.${bucketOf(term, GROUPS)}`
      context.set(group, { value: (context.get(group)?.value ?? 0) + 1 / Math.sqrt(terms.length), isCode: false })
    }
  }
  if (Array.isArray(value)) addList('earlier', value)
  else if (typeof value === 'object') for (const [name, of] of Object.entries(value)) add(name, of)
  else add('context', value)
  return context
}
