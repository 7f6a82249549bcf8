import { visitComparison } from '../../processors/visits/visit-comparison.ts'
import { visitFactsProcessor } from '../../processors/visits/visit-facts.ts'
import { visitVerdicts } from '../../processors/visits/visit-verdicts.ts'
import type { Processor, StateDescriptor } from '../../processors/processor.ts'
import { recordCodec } from '../../schemas/avro/record-codec.ts'
import type { Topic } from '../../schemas/topic.ts'
import { ALL_REPORTS, comparedVisits } from '../../schemas/visits/compared-visits.ts'
import { customerPlaces } from '../../schemas/visits/places.ts'
import { visits } from '../../schemas/visits/visits.ts'
import { fieldWork, type FieldWorkOptions } from '../../simulator/visits/field-work.ts'
import { createReplay, noGlobals, type Replay, type ReplayInput } from '../../streams/replay/replay.ts'
import { cpuSeconds } from '../benchmark.ts'

const BATCH = 200

/** Runs the evidence processors in sequence on one thread, without a broker, on visits in order of time. */
export async function streamRate(options: FieldWorkOptions): Promise<unknown> {
  const work = fieldWork(options)
  const processors = [visitFactsProcessor, visitComparison, visitVerdicts]
  const runs = processors.map((processor) => ({
    processor,
    run: createReplay(processor, { batchSize: BATCH }),
    cpu: 0,
  }))
  const messages: Record<string, number> = {}
  const salespeople = new Set<string>()

  async function pass(inputs: readonly ReplayInput[]): Promise<void> {
    let waiting = inputs
    for (const one of runs) {
      const topics = one.processor.inputs.map(({ topic }) => topic as Topic)
      const own = waiting.filter(({ topic }) => topics.includes(topic))
      const usage = process.cpuUsage()
      const published = await one.run.run(own, noGlobals)
      one.cpu += cpuSeconds(usage)
      for (const { topic, key } of published) {
        messages[topic.name] = (messages[topic.name] ?? 0) + 1
        if (topic === (comparedVisits as Topic) && key.startsWith('salesperson:')) salespeople.add(key)
      }
      waiting = [...waiting, ...published]
    }
  }

  await pass(work.places.map((value) => ({ topic: customerPlaces as Topic, value })))
  for (const one of runs) one.cpu = 0
  for (let from = 0; from < work.visits.length; from += BATCH)
    await pass(work.visits.slice(from, from + BATCH).map((value) => ({ topic: visits as Topic, value })))
  const cpu = runs.reduce((sum, one) => sum + one.cpu, 0)
  const comparison = runs[1]!
  const bytes = (keys: Iterable<string>) =>
    [...keys].reduce((sum, key) => sum + stateBytes(comparison.processor, comparison.run, key), 0)
  return {
    visits: work.visits.length,
    visitsPerCpuS: Math.round(work.visits.length / cpu),
    microsecondsPerVisit: Object.fromEntries(
      runs.map((one) => [one.processor.name, Math.round((1e6 * one.cpu) / work.visits.length)]),
    ),
    messagesPerVisit: Object.fromEntries(
      Object.entries(messages).map(([name, count]) => [name, Math.round((100 * count) / work.visits.length) / 100]),
    ),
    visitsPerSalesperson: Math.round(work.visits.length / salespeople.size),
    stateBytesPerSalesperson: {
      members: Math.round(bytes(salespeople) / salespeople.size),
      reports: Math.round(bytes([ALL_REPORTS]) / salespeople.size),
    },
  }
}

/** Returns the bytes of a key's state: ids and values, as they are stored. */
function stateBytes(processor: Processor, run: Replay, key: string): number {
  let bytes = 0
  for (const kind of processor.state)
    for (const [id, value] of run.state(key).scan(kind)) bytes += id.length + valueBytes(kind, value)
  return bytes
}

const codecs = new Map<string, ReturnType<typeof recordCodec>>()

function valueBytes({ name, schema }: StateDescriptor<unknown>, value: unknown): number {
  if (value instanceof Float64Array) return value.byteLength
  let codec = codecs.get(name)
  if (codec === undefined) codecs.set(name, (codec = recordCodec(schema!, 1, new Map())))
  return codec.encode(value).length
}
