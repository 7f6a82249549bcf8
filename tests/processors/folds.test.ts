/**
 * Digests of the state that every processor keeps for the same events, and of its rows. They must not change within a
 * version: state folded before a change lies beside state folded after it, and models and served rows depend on the
 * meaning of the numbers. If a digest has changed, raise the version of the processor (state) or of the feature set
 * (rows), and add the line that the test names. Replace a line only if nothing was released with it, or if it differs
 * by rounding.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { processors, topicNamed } from '../../subjects/subjects.ts'
import {
  decidersOf,
  type Globals,
  type Model,
  type Processor,
  type Scorer,
  type StateDescriptor,
} from '../../processors/processor.ts'
import type { FeatureNames } from '../../features/feature-set.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { withoutSchemaId, commonFields, recordCodec } from '../../schemas/avro/record-codec.ts'
import { releasedState } from '../../schemas/release/released-state.ts'
import type { RecordSchema } from '../../schemas/avro/schema.ts'
import type { GlobalTopic, Message, Topic } from '../../schemas/topic.ts'
import { policies } from '../../schemas/visits/policies.ts'
import { createReplay, type ReplayInput } from '../../streams/replay/replay.ts'
import { policyOf, strict } from './visits/policies/policy-fixtures.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const released = JSON.parse(read('released-folds.json')) as Readonly<Record<string, string>>

/** Generated once by the simulator and then frozen, since the comparison must not depend on it. */
const sample = read('sample-events.jsonl')
  .trimEnd()
  .split('\n')
  .map((line): ReplayInput => {
    const { topic: name, event } = JSON.parse(line) as { topic: string; event: unknown }
    const topic = topicNamed(name)!
    const converted = fromJson(topic, event)
    if (!converted.ok) throw new Error(`${name}: ${JSON.stringify(converted.problems)}`)
    return { topic, value: converted.value }
  })

/** A model that gives each row its own number between 0 and 1. */
function modelFor(decider: Processor | Scorer): Model {
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

const globalsOf = (processor: Processor): Globals => ({
  model(task) {
    // Visits are scored by the weights, as before there was a model of verdicts.
    if (task === 'false-visit') return undefined
    const decider = decidersOf(processor).find((one) => one.task === task)
    return decider === undefined ? undefined : modelFor(decider)
  },
  // A policy so strict that visits are flagged and the counting processors have state.
  get: <T>(topic: GlobalTopic<T>) =>
    processor.name === 'visit-assessment' && topic.name === policies.name
      ? (policyOf(1, strict) as unknown as T)
      : undefined,
})

interface Fingerprints {
  readonly messages: readonly Message[]
  /** Digests by state kind or feature set. */
  readonly digests: ReadonlyMap<string, string>
}

async function fold(processor: Processor, inputs: readonly ReplayInput[]): Promise<Fingerprints> {
  const keys = new Set<string>()
  const rowsBy = new Map(decidersOf(processor).map(({ features }) => [features, [] as string[]]))
  const see = (features: FeatureNames, key: string, subject: string, row: Float32Array) =>
    rowsBy.get(features)!.push(`${key} ${subject} ${[...row].map((number) => number.toPrecision(6)).join()}`)
  const watched: Processor = {
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
  const run = createReplay(watched)
  const messages = await run.run(inputs, globalsOf(processor))
  expect(run.refused).toEqual([])
  const of = `${processor.name}@${processor.version}`
  const digests = new Map(
    processor.state.map((kind) => {
      const records = [...keys]
        .sort()
        .flatMap((key) =>
          Array.from(run.state(key).scan(kind), ([id, value]) => `${key} ${id} ${shown(processor, kind, value)}`),
        )
      return [`${of}: ${kind.name}`, digestOf(records)]
    }),
  )
  for (const [features, rows] of rowsBy)
    if (features.names.length > 0) digests.set(`${of}: rows of ${features.id}`, digestOf(rows))
  return { messages, digests }
}

/** Leaves out fields that were added after the first release, since they do not affect earlier records. */
function shown({ name, version }: Processor, kind: StateDescriptor<unknown>, value: unknown): string {
  if (value instanceof Float64Array) return Array.from(value, (number) => number.toPrecision(12)).join()
  const first = releasedState.find(
    (format) =>
      format.processor === name && format.version === version && format.kind === kind.name && format.revision === 1,
  )
  const schema = kind.schema as RecordSchema<unknown>
  const bytes = withoutSchemaId(recordCodec(schema, 1, new Map()).encode(value))
  return commonFields(schema, first?.schema ?? schema.avro)
    .ofReader(bytes)
    .toString('hex')
}

function digestOf(lines: readonly string[]): string {
  return lines.length === 0 ? 'nothing' : createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12)
}

/** Runs each processor after those whose output it reads. */
async function foldAll(): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>()
  const published = new Map<string, ReplayInput[]>()
  let waiting = [...processors]
  while (waiting.length > 0) {
    const ready = waiting.filter(({ name, inputs }) =>
      inputs.every(({ topic }) => waiting.every((one) => one.name === name || !one.outputs.includes(topic as Topic))),
    )
    for (const processor of ready) {
      const names = new Set(processor.inputs.map(({ topic }) => (topic as Topic).name))
      const inputs = [...sample, ...[...published.values()].flat()].filter(
        ({ topic }) => names.has(topic.name) || topic.name === 'clock',
      )
      const { messages, digests: own } = await fold(processor, inputs)
      for (const [what, digest] of own) digests.set(what, digest)
      published.set(
        processor.name,
        messages.flatMap(({ topic, value }) => (value === null ? [] : [{ topic, value }])),
      )
    }
    waiting = waiting.filter((processor) => !ready.includes(processor))
    expect(ready.length).toBeGreaterThan(0)
  }
  return digests
}

let digests: ReadonlyMap<string, string>
beforeAll(async () => void (digests = await foldAll()))

test('the same events leave the same state and give the same rows as when the version was released', () => {
  const wanted = Object.fromEntries(
    [...digests.keys()].map((what) => [what, released[what] ?? 'add this line to released-folds.json']),
  )
  expect(Object.fromEntries(digests)).toEqual(wanted)
})

test('the sample leaves something of every kind', () => {
  expect([...digests].filter(([, digest]) => digest === 'nothing').map(([what]) => what)).toEqual([])
})
