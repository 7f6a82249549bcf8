import { incompatibilities } from '../avro/evolution.ts'
import type { ReleasedState } from './released-state.ts'
import { canonicalSchema, sameSchema } from '../avro/same-schema.ts'

/** A state descriptor, as a processor declares it. */
export interface StateKind {
  readonly name: string
  readonly slots?: number | undefined
  readonly schema?: { readonly avro: unknown } | undefined
}

/** The kinds of one version of a processor. */
export interface DeclaredState {
  readonly processor: string
  readonly version: number
  /** State that folds write. */
  readonly state: readonly StateKind[]
  /** State that decisions write. */
  readonly decisionState: readonly StateKind[]
}

export interface StateRelease {
  /** Every released format, the new ones at the end. */
  readonly formats: readonly ReleasedState[]
  readonly added: readonly ReleasedState[]
  /** Why changed state can't be released. If there is any reason, nothing is released. */
  readonly refusals: readonly string[]
}

/**
 * The engine’s own records beside those of every processor. They have no version: kinds may be added and removed, but
 * their names are never reused.
 */
export const ENGINE = '~shell'

/**
 * Adds a revision for each kind of record whose schema has changed since the last release. Within a version of a
 * processor, stored records outlive their code in both directions: a new schema and every earlier one must be able to
 * read each other’s records, the count of numbers without a schema must not change, and folds keep the same kinds of
 * records. Any other change is a new version of the processor, whose state is rebuilt from the inputs.
 */
export function releaseState(released: readonly ReleasedState[], declared: readonly DeclaredState[]): StateRelease {
  const added: ReleasedState[] = []
  const refusals: string[] = []
  for (const { processor, version, state, decisionState } of declared) {
    const known = released.filter((format) => format.processor === processor && format.version === version)
    const place = processor === ENGINE ? 'the shell' : `${processor}@${version}`
    const refuse = (kind: string, why: string) => void refusals.push(`${kind} of ${place}: ${why}`)
    for (const [part, kinds] of [['state', state] as const, ['decisionState', decisionState] as const]) {
      for (const kind of kinds) {
        const revisions = known.filter((format) => format.kind === kind.name)
        const last = revisions.at(-1)
        const isNewFold = part === 'state' && processor !== ENGINE && known.length > 0
        if (last === undefined && isNewFold) refuse(kind.name, 'stored state of this version has no such records.')
        if (last !== undefined && isSame(last, kind)) continue
        for (const why of revisions.flatMap((earlier) => conflicts(earlier, kind))) refuse(kind.name, why)
        added.push({ processor, version, part, kind: kind.name, revision: revisions.length + 1, ...formatOf(kind) })
      }
    }
    const now = new Set([...state, ...decisionState].map(({ name }) => name))
    const gone = new Set(known.filter(({ part, kind }) => part === 'state' && !now.has(kind)).map(({ kind }) => kind))
    if (processor !== ENGINE) for (const kind of gone) refuse(kind, 'folds no longer keep such records.')
  }
  return { formats: [...released, ...added], added, refusals }
}

/** Returns the formats of state from before the state itself stored its formats. */
export function initialFormats(
  released: readonly ReleasedState[],
  processor: string,
  version: number,
): readonly ReleasedState[] {
  return released.filter(
    (format) =>
      format.revision === 1 &&
      (format.processor === ENGINE || (format.processor === processor && format.version === version)),
  )
}

function isSame(last: ReleasedState, { slots, schema }: StateKind): boolean {
  return schema === undefined ? last.slots === slots : last.schema !== undefined && sameSchema(last.schema, schema.avro)
}

function formatOf({ slots, schema }: StateKind): Pick<ReleasedState, 'slots' | 'schema'> {
  return schema === undefined ? { slots: slots! } : { schema: JSON.parse(canonicalSchema(schema.avro)) as unknown }
}

function conflicts(earlier: ReleasedState, { slots, schema }: StateKind): readonly string[] {
  const name = `revision ${earlier.revision}`
  if (schema === undefined) {
    if (earlier.slots === undefined) return [`records of ${name} have a schema, but are ${slots} numbers now.`]
    return earlier.slots === slots ? [] : [`records of ${name} are ${earlier.slots} numbers, but ${slots} now.`]
  }
  if (earlier.schema === undefined) return [`records of ${name} are ${earlier.slots} numbers, but have a schema now.`]
  return [
    ...incompatibilities(earlier.schema, schema.avro).map(
      (cause) => `${name} can’t be read with the new schema: ${cause}.`,
    ),
    ...incompatibilities(schema.avro, earlier.schema).map(
      (cause) => `${name} can’t read what the new schema writes: ${cause}.`,
    ),
  ]
}

/** Returns the source of released-state.ts. */
export function stateSourceOf(formats: readonly ReleasedState[]): string {
  return `/** Released format of the records of a kind of state: numbers, or a schema. */
export interface ReleasedState {
  readonly processor: string
  readonly version: number
  /** Whether folds or decisions write the records. */
  readonly part: 'state' | 'decisionState'
  readonly kind: string
  /** Number of the format among those of the kind within a version of its processor, from 1. */
  readonly revision: number
  /** Number of Float64 slots; 0: any number. */
  readonly slots?: number
  /** Avro, as JSON. */
  readonly schema?: unknown
}

/**
 * Every format of state that was ever released, written by \`node generators/release-schemas.ts\`. Lines are added,
 * never changed.
 */
// prettier-ignore
export const releasedState: readonly ReleasedState[] = [
${formats.map((format) => `  ${JSON.stringify(format)},\n`).join('')}]
`
}
