/**
 * Digests of the state that every processor keeps for the same events, and of its rows. They must not change within a
 * version: state folded before a change lies beside state folded after it, and models and served rows depend on the
 * meaning of the numbers. If a digest has changed, raise the version of the processor (state) or of the feature set
 * (rows), and add the line that the test names. Replace a line only if nothing was released with it, or if it differs
 * by rounding.
 */
import { readFileSync } from 'node:fs'
import { processors, topicNamed } from '../../subjects/subjects.ts'
import type { Globals, Processor } from '../../processors/processor.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { releasedState } from '../../schemas/release/released-state.ts'
import type { GlobalTopic, Topic } from '../../schemas/topic.ts'
import { policies } from '../../schemas/visits/policies.ts'
import { foldDigests, NO_RECORDS, sampleGlobals } from '../../streams/replay/fold-digests.ts'
import type { ReplayInput } from '../../streams/replay/replay.ts'
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

const globalsOf = (processor: Processor): Globals => {
  const sample = sampleGlobals(processor)
  return {
    // Visits are scored by the weights, as before there was a model of verdicts.
    model: (task) => (task === 'false-visit' ? undefined : sample.model(task)),
    // A policy so strict that visits are flagged and the counting processors have state.
    get: <T>(topic: GlobalTopic<T>) =>
      processor.name === 'visit-assessment' && topic.name === policies.name
        ? (policyOf(1, strict) as unknown as T)
        : undefined,
  }
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
      const { messages, digests: own } = await foldDigests(processor, inputs, globalsOf(processor), releasedState)
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
  expect([...digests].filter(([, digest]) => digest === NO_RECORDS).map(([what]) => what)).toEqual([])
})
