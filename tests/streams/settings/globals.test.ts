import { lineOf } from '../../../composition/log-line.ts'
import { counting, halving } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'
import type { Processor } from '../../../processors/processor.ts'
import { defaultDictionary } from '../../../processors/recommendations/default-dictionary.ts'
import { dictionaries } from '../../../schemas/recommendations/dictionary.ts'
import { defaultEvidence, notActivated, policies } from '../../../schemas/visits/policies.ts'
import { releases, type Release } from '../../../schemas/models/releases.ts'
import { thresholds } from '../../../schemas/loans/thresholds.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { message } from '../../../schemas/topic.ts'
import { openGlobals, type GlobalsReader, type GlobalsReaderOptions } from '../../../streams/settings/globals.ts'
import { waitFor } from '../../support/services.ts'

let stream: StreamUnderTest
let readers: GlobalsReader[] = []
let lines: string[] = []
beforeEach(async () => void (stream = await createStream([])))
afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.close()))
  readers = []
  lines = []
  await stream.close()
})

const release = (modelId: string): Release => ({
  id: modelId,
  occurredAt: 1,
  source: 'test',
  task: 'counting',
  modelId,
  algorithm: 'halving',
  featureSet: 'counting@1',
  artefact: Buffer.from('{}'),
  metrics: {},
  reason: 'a test',
  replaces: null,
  trials: [],
})
const threshold = (version: number) =>
  message(thresholds, {
    id: `t${version}`,
    occurredAt: 1,
    source: 'test',
    task: 'counting',
    version,
    value: version / 10,
    changedBy: 'a',
  })
const policy = (version: number) =>
  message(policies, {
    id: `p${version}`,
    occurredAt: 1,
    source: 'test',
    name: 'visits',
    version,
    rules: [],
    ...defaultEvidence,
    ...notActivated,
    changedBy: 'a',
  })

/** Re-evaluates when an entry of any of these tables changes. */
const onAll: Processor = {
  ...counting,
  reevaluateOn: [
    [releases, 'counting'],
    [policies, 'visits'],
    [thresholds, 'counting'],
  ],
}

async function open(changes: Partial<GlobalsReaderOptions> = {}): Promise<GlobalsReader> {
  const reader = await openGlobals({
    client: stream.client,
    naming: stream.naming,
    registry: releasedRegistry,
    processors: [onAll],
    loadModel: ({ modelId }) => halving(modelId),
    log: (level, message, fields) => void lines.push(`${level} ${lineOf(message, fields)}`),
    ...changes,
  })
  readers.push(reader)
  return reader
}

test('all existing settings are read before they are used, the newest version of each', async () => {
  await stream.publish([
    message(releases, release('m1')),
    message(releases, release('m2')),
    threshold(3),
    threshold(4),
    policy(1),
  ])
  const current = (await open()).current()
  expect(current.model('counting')?.id).toBe('m2')
  expect(current.model('another')).toBeUndefined()
  expect(current.get(thresholds, 'counting')?.value).toBe(0.4)
  expect(current.get(policies, 'visits')?.version).toBe(1)
  expect(new Map(current.positions.map(({ topic, offset }) => [topic, offset])).get('releases')).toBe(2)
})

test('with nothing there nothing is current', async () => {
  const current = (await open()).current()
  expect(current.model('counting')).toBeUndefined()
  expect(current.settingsVersion(onAll)).toBe('-/-/-')
})

test('a change is announced, and a version that was taken never changes', async () => {
  await stream.publish([message(releases, release('m1'))])
  let changes = 0
  const reader = await open({ onChange: () => void changes++ })
  const before = reader.current()
  await stream.publish([message(releases, release('m2'))])
  await waitFor(() => reader.current().model('counting')?.id === 'm2', { what: 'the second release' })
  await waitFor(() => changes > 0, { what: 'word of the change' })
  expect(before.model('counting')?.id).toBe('m1')
})

test('a withdrawn setting is no longer current', async () => {
  await stream.publish([message(releases, release('m1')), threshold(3)])
  const reader = await open()
  await stream.publishRaw(releases, 'counting', null)
  await waitFor(() => reader.current().model('counting') === undefined, { what: 'the withdrawal' })
  expect(reader.current().get(thresholds, 'counting')?.version).toBe(3)
})

test('a release that can’t be read or loaded leaves the previous one current, and the log names its place', async () => {
  await stream.publish([message(releases, release('m1'))])
  const reader = await open({
    loadModel({ modelId }) {
      if (modelId === 'broken') throw new Error('The artefact is damaged.')
      return halving(modelId)
    },
  })
  await stream.publishRaw(releases, 'counting', Buffer.from('no frame'))
  await stream.publish([message(releases, release('broken'))])
  await waitFor(() => lines.length === 2, { what: 'both complaints' })
  expect(lines[0]).toMatch(/^error .*stays current \(topic .*releases, offset 1\): /)
  expect(lines[1]).toMatch(/^error .*stays current \(topic .*releases, offset 2\): .*The artefact is damaged/)
  expect(reader.current().model('counting')?.id).toBe('m1')
  await stream.publish([message(releases, release('m3'))])
  await waitFor(() => reader.current().model('counting')?.id === 'm3', { what: 'the next release' })
})

test('the settings version changes with the settings that the processor is re-evaluated on, and with nothing else', async () => {
  await stream.publish([message(releases, release('m1')), threshold(3), policy(7)])
  const reader = await open()
  expect(reader.current().settingsVersion(onAll)).toBe('m1/7/3')
  expect(reader.current().settingsVersion(counting)).toBe('m1')
  await stream.publish([threshold(4)])
  await waitFor(() => reader.current().settingsVersion(onAll) === 'm1/7/4', { what: 'the new threshold' })
  expect(reader.current().settingsVersion(counting)).toBe('m1')
})

test('a dictionary is read in full; another version of it re-evaluates processors whose decisions depend on it', async () => {
  await stream.publish([message(dictionaries, { ...defaultDictionary, version: 1 })])
  const onDictionary: Processor = { ...counting, reevaluateOn: [[dictionaries, 'characteristics']] }
  const reader = await open({ processors: [onDictionary] })
  expect(reader.current().get(dictionaries, 'characteristics')).toEqual({ ...defaultDictionary, version: 1 })
  expect(reader.current().get(dictionaries, 'another')).toBeUndefined()
  expect(reader.current().settingsVersion(onDictionary)).toBe('1')
  await stream.publish([message(dictionaries, { ...defaultDictionary, version: 2 })])
  await waitFor(() => reader.current().settingsVersion(onDictionary) === '2', { what: 'the new dictionary' })
  expect(reader.current().settingsVersion(counting)).toBe('-')
})
