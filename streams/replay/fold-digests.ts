import { createHash } from 'node:crypto'
import { decidersOf, type Globals, type Model, type Processor, type Scorer } from '../../processors/processor.ts'
import type { StateDescriptor } from '../../processors/processor.ts'
import { commonFields, recordCodec, withoutSchemaId } from '../../schemas/avro/record-codec.ts'
import type { RecordSchema } from '../../schemas/avro/schema.ts'
import type { ReleasedState } from '../../schemas/release/released-state.ts'
import type { Message } from '../../schemas/topic.ts'
import { createReplay, noGlobals, type ReplayInput } from './replay.ts'

export interface FoldDigests {
  readonly messages: readonly Message[]
  /** Digests by `processor@version: kind of state` and `processor@version: rows of feature set`. */
  readonly digests: ReadonlyMap<string, string>
}

/** The digest of a kind of state of which the events leave no record. */
export const NO_RECORDS = 'nothing'

/**
 * Returns digests of the state that a processor keeps for these events, and of its rows. They must not change within a
 * version. Fields that were added after the first release are left out, since they do not affect earlier records.
 * Throws if an event is refused.
 */
export async function foldDigests(
  processor: Processor,
  inputs: Iterable<ReplayInput>,
  globals: Globals,
  released: readonly ReleasedState[],
): Promise<FoldDigests> {
  const keys = new Set<string>()
  const rowsBy = new Map(decidersOf(processor).map(({ features }) => [features, [] as string[]]))
  const see: SeeRow = (features, key, subject, row) =>
    void rowsBy.get(features)!.push(`${key} ${subject} ${[...row].map((number) => number.toPrecision(6)).join()}`)
  const run = createReplay(watched(processor, keys, see))
  const messages = await run.run(inputs, globals)
  const [refused] = run.refused
  if (refused !== undefined) throw refused.failure
  const of = `${processor.name}@${processor.version}`
  const digests = new Map(
    processor.state.map((kind) => {
      const first = released.find((format) => isFirstOf(format, processor, kind))
      const records = [...keys]
        .sort()
        .flatMap((key) =>
          Array.from(run.state(key).scan(kind), ([id, value]) => `${key} ${id} ${shown(kind, value, first)}`),
        )
      return [`${of}: ${kind.name}`, digestOf(records)]
    }),
  )
  for (const [features, rows] of rowsBy)
    if (features.names.length > 0) digests.set(`${of}: rows of ${features.id}`, digestOf(rows))
  return { messages, digests }
}

type SeeRow = (features: Processor['features'], key: string, subject: string, row: Float32Array) => void

/** The processor, with its keys and rows noted. */
function watched(processor: Processor, keys: Set<string>, see: SeeRow): Processor {
  return {
    ...processor,
    scorers: (processor.scorers ?? []).map(({ row: complete, ...scorer }) =>
      complete === undefined
        ? scorer
        : {
            ...scorer,
            row(state, subject, row, base) {
              const rowContext = complete(state, subject, row, base)
              if (rowContext !== undefined) see(scorer.features, state.key, subject, row)
              return rowContext
            },
          },
    ),
    inputs: processor.inputs.map(({ topic, fold }) => ({
      topic,
      fold(state, event, requestScore) {
        keys.add(state.key)
        fold(state, event, requestScore)
      },
    })),
    row(state, subject, row) {
      const rowContext = processor.row(state, subject, row)
      if (rowContext !== undefined) see(processor.features, state.key, subject, row)
      return rowContext
    },
  }
}

function isFirstOf(
  { processor, version, kind: name, revision }: ReleasedState,
  of: Processor,
  kind: StateDescriptor<unknown>,
): boolean {
  return processor === of.name && version === of.version && name === kind.name && revision === 1
}

function shown(kind: StateDescriptor<unknown>, value: unknown, first: ReleasedState | undefined): string {
  if (value instanceof Float64Array) return Array.from(value, (number) => number.toPrecision(12)).join()
  const schema = kind.schema as RecordSchema<unknown>
  const bytes = withoutSchemaId(recordCodec(schema, 1, new Map()).encode(value))
  return commonFields(schema, first?.schema ?? schema.avro)
    .ofReader(bytes)
    .toString('hex')
}

function digestOf(lines: readonly string[]): string {
  return lines.length === 0 ? NO_RECORDS : createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12)
}

/** Returns globals without settings, and with a sample model for each task of the processor. */
export function sampleGlobals(processor: Processor): Globals {
  return {
    ...noGlobals,
    model(task) {
      const decider = decidersOf(processor).find((one) => one.task === task)
      return decider === undefined ? undefined : sampleModel(decider)
    },
  }
}

/** A model that gives each row its own number between 0 and 1. */
function sampleModel(decider: Processor | Scorer): Model {
  return {
    ...{ id: 'sample', task: decider.task!, algorithm: 'sample', featureSet: decider.features.id },
    ...{ featureNames: decider.features.names, outputs: ['score'] },
    score({ count, width, rows }, into) {
      for (let index = 0; index < count; index++) {
        const row = rows.subarray(index * width, (index + 1) * width)
        into[index] = (row.reduce((sum, number) => sum + (Number.isFinite(number) ? Math.abs(number) : 1), 0) % 97) / 97
      }
    },
  }
}
