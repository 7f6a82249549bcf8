import type { PersonalKind } from '../../schemas/persons.ts'
import { PERSONAL } from '../http/personal.ts'

/** Stands for a masked text. */
export const MASKED_TEXT = '***'

export type PersonalKinds = ReadonlySet<PersonalKind>

/** Where the personal fields of a value are. */
export interface Mask {
  /** Kind of the value itself, and what stands for it; `undefined`: only parts of it are personal. */
  readonly self: { readonly kind: PersonalKind; readonly instead: unknown } | undefined
  readonly fields: ReadonlyMap<string, Mask>
  /** Of each item of a list, and of each value of an object with free names. */
  readonly items: Mask | undefined
}

interface Json {
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly Json[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly items?: Json
  readonly additionalProperties?: Json | boolean
  readonly patternProperties?: Readonly<Record<string, Json>>
  readonly [PERSONAL]?: PersonalKind
}

/** Finds the personal fields in the schema of an answer; `undefined` if there are none. */
export function maskOf(schema: object): Mask | undefined {
  const { anyOf = [], properties = {}, items, additionalProperties, patternProperties = {}, ...rest } = schema as Json
  const kind = rest[PERSONAL]
  const self = kind === undefined ? undefined : { kind, instead: insteadOf(schema as Json) }
  const named = Object.entries(properties).flatMap(([name, field]): [string, Mask][] => {
    const mask = maskOf(field)
    return mask === undefined ? [] : [[name, mask]]
  })
  const inner = [items, additionalProperties, ...Object.values(patternProperties)].flatMap((one) =>
    typeof one === 'object' ? (maskOf(one) ?? []) : [],
  )
  return joined([
    ...anyOf.flatMap((one) => maskOf(one) ?? []),
    ...(self === undefined && named.length === 0 && inner.length === 0
      ? []
      : [{ self, fields: new Map(named), items: joined(inner) }]),
  ])
}

/** Returns the value with what stands for its fields of these kinds. What has none of them is not copied. */
export function masked(value: unknown, mask: Mask | undefined, kinds: PersonalKinds): unknown {
  if (mask === undefined || value === null || value === undefined) return value
  if (mask.self !== undefined && kinds.has(mask.self.kind)) return mask.self.instead
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => masked(item, mask.items, kinds))
  const shown = Object.entries(value).map(([name, inner]) => [
    name,
    masked(inner, mask.fields.get(name) ?? mask.items, kinds),
  ])
  return Object.fromEntries(shown)
}

/** Returns what stands for a masked value and fits its schema. */
function insteadOf({ type, anyOf = [] }: Json): unknown {
  const types = [type, ...anyOf.map((one) => one.type)].flat()
  if (types.includes('string')) return MASKED_TEXT
  if (types.includes('null')) return null
  if (types.includes('array')) return []
  if (types.includes('object')) return {}
  throw new Error(
    'A personal field must be a text, a list or an object, or null must be allowed, so that it can be masked.',
  )
}

/** Returns one mask for a value that fits any of several schemas. */
function joined(masks: readonly Mask[]): Mask | undefined {
  if (masks.length <= 1) return masks[0]
  const names = new Set(masks.flatMap(({ fields }) => [...fields.keys()]))
  return {
    self: masks.find(({ self }) => self !== undefined)?.self,
    fields: new Map([...names].map((name) => [name, joined(masks.flatMap(({ fields }) => fields.get(name) ?? []))!])),
    items: joined(masks.flatMap(({ items }) => items ?? [])),
  }
}
