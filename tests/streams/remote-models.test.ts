import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeArtefact, modelFrom } from '../../models/artefact.ts'
import { createOnnxGraph } from '../../models/onnx/onnx-graph.ts'
import { importedParameters } from '../../models/onnx/imported.ts'
import type { Model } from '../../processors/processor.ts'
import { openScoringRuntimes, type OpenRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { releases, type Release } from '../../schemas/models/releases.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message } from '../../schemas/topic.ts'
import type { ProcessorVerification } from '../../streams/verify/processor.ts'
import { waitFor } from '../support/services.ts'
import { counting, halving, transaction } from './counting-processor.ts'
import { createStream, type StreamUnderTest } from './stream-under-test.ts'
import { verifyStream } from './verify-stream.ts'

let stream: StreamUnderTest
let runtimes: OpenRuntimes
beforeEach(async () => void (stream = await createStream([counting])))
afterEach(async () => {
  await stream.close()
  await runtimes.close()
})

/** Returns a model that scores `factor` times the count and the sum; its artefact has `weight` additional bytes. */
function importedModel(factor: number, weight = 0): Release {
  const graph = createOnnxGraph()
  const onnx = graph.encode({
    input: 'rows',
    inputWidth: 2,
    value: graph.node('MatMul', ['rows', graph.floats([factor, factor], [2, 1])]),
    output: 'score',
    outputWidth: 1,
    metadata: { ballast: 'x'.repeat(weight) },
  })
  const { id: featureSet, names: featureNames } = counting.features
  const artefact = encodeArtefact({
    task: 'counting',
    algorithm: 'onnx-rate',
    featureSet,
    featureNames,
    parameters: importedParameters(onnx, {}),
  })
  return {
    id: `release of ${factor}`,
    occurredAt: 1,
    source: 'test',
    task: 'counting',
    modelId: createHash('sha256').update(artefact).digest('hex'),
    algorithm: 'onnx-rate',
    featureSet,
    artefact: Buffer.from(artefact),
    metrics: {},
    reason: 'a test',
    replaces: null,
    trials: [],
  }
}

const loadModel = ({ artefact, modelId }: Release): Model => modelFrom(artefact, modelId, runtimes)

const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    message(transactions, transaction(`c${index % 7}`, 1, { id: `t${from + index}` })),
  )

const scoredBy = async (modelId: string) => (await stream.readAll(scores)).filter((score) => score.modelId === modelId)

const verify = (load: (release: Release) => Model): Promise<ProcessorVerification> =>
  verifyStream(stream, counting, { loadModel: load })

test('imported models of megabytes score in the stream, one after another; a thread that dies loses nothing', async () => {
  const marker = join(mkdtempSync(join(tmpdir(), 'marker-')), 'strike')
  writeFileSync(marker, '')
  process.env['SCORELINE_TEST_MARKER'] = marker
  runtimes = openScoringRuntimes({ program: new URL('../runtimes/once-mortal-onnx-worker.ts', import.meta.url) })
  const [first, second] = [importedModel(2, 3 << 20), importedModel(10)]
  await stream.publish([message(releases, first), ...events(0, 40)])
  await stream.start({ loadModel })
  await waitFor(async () => (await scoredBy(first.modelId)).length >= 40, { what: 'scores by the first model' })
  expect(existsSync(marker)).toBe(false)
  for (const { row, probability } of await scoredBy(first.modelId)) expect(probability).toBe(2 * (row[0]! + row[1]!))

  await stream.publish([message(releases, second), ...events(100, 40)])
  // Seven customers and their reminders are swept in addition.
  await waitFor(async () => (await scoredBy(second.modelId)).length >= 7, { what: 'scores by the second model' })
  await waitFor(async () => new Set((await stream.readAll(scores)).map(({ id }) => id)).size >= 87, {
    what: 'all of the events',
  })
  const { messages, differences } = await verify(loadModel)
  expect(differences).toEqual([])
  expect(messages.different + messages.missing + messages.extra).toBe(0)
}, 60_000)

test('scores of a runtime are the same within a millionth, and no further', async () => {
  runtimes = openScoringRuntimes()
  const off = (by: number) => (): Model => ({
    ...halving(),
    runtime: 'onnx',
    score({ count, width, rows }, into) {
      for (let index = 0; index < count; index++) into[index] = rows[index * width]! / 2 + by
    },
  })
  await stream.publish([message(releases, importedModel(1)), ...events(0, 30)])
  await stream.start({ loadModel: off(0) })
  await waitFor(async () => (await stream.readAll(scores)).length >= 30, { what: '30 scores' })
  expect((await verify(off(9e-7))).messages).toMatchObject({ compared: 30, different: 0, missing: 0, extra: 0 })
  expect((await verify(off(2e-6))).messages).toMatchObject({ different: 30 })
  const exact = (): Model => ({ ...off(9e-7)(), runtime: undefined })
  expect((await verify(exact)).messages).toMatchObject({ different: 30 })
}, 60_000)
