import { decodeArtefact } from '../../../models/artefact.ts'
import { artefactToOnnx } from '../../../models/onnx/artefact-to-onnx.ts'
import { createOnnxGraph } from '../../../models/onnx/onnx-graph.ts'
import { importOnnx, type ImportRequest } from '../../../retrainer/lifecycle/import-onnx.ts'
import { learnableTaskNamed } from '../../../subjects/subjects.ts'
import { openScoringRuntimes } from '../../../runtimes/scoring-runtimes.ts'
import { listModels, modelById } from '../../../store/models/models.ts'
import { sumModel } from '../../runtimes/onnx-models.ts'
import { putLabelled } from '../../store/models/put-labelled.ts'
import { outcomeOf, scoreOf, START, storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()
const runtimes = openScoringRuntimes()
afterAll(() => runtimes.close())

const task = learnableTaskNamed('call-conversion')
const { names, id: featureSet } = task.features

/** A model whose probability is the sigmoid of one feature. */
function sigmoidOf(place: number, width = names.length): Uint8Array {
  const graph = createOnnxGraph()
  const column = graph.node('Gather', ['rows', graph.integers([place], [1])], { axis: 1 })
  return graph.encode({
    input: 'rows',
    inputWidth: width,
    value: graph.node('Sigmoid', [column]),
    output: 'score',
    outputWidth: 1,
  })
}

const request = (bytes: Uint8Array, changes: Partial<ImportRequest> = {}): ImportRequest => ({
  database: store.database,
  runtimes,
  task,
  bytes,
  codeVersion: 'test',
  ...changes,
})

/** Stores rows whose second feature predicts the outcome. */
async function served(count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index)
  const subject = (index: number) => ({
    subjectId: `c${index}`,
    customerId: `c${index}`,
    opportunityId: null,
    task: task.task,
  })
  await putLabelled(store.database, {
    scores: numbers.map((index) =>
      scoreOf(index, {
        ...subject(index),
        featureSet,
        row: names.map((_, place) => (place === 1 ? (index % 2 === 0 ? 3 : -3) : 0)),
      }),
    ),
    outcomes: numbers.map((index) =>
      outcomeOf(`outcome ${index}`, {
        ...subject(index),
        occurredAt: START + 86_400_000,
        value: index % 10 === 9 ? 1 : 1 - (index % 2),
      }),
    ),
  })
}

test('a user’s own model is registered with its metrics on served rows, and released on request', async () => {
  await served(200)
  const bytes = sigmoidOf(1)
  const { modelId, evaluation, rows } = await importOnnx(request(bytes, { promoteBecause: 'the bank’s own' }))
  expect(rows).toBe(200)
  expect(evaluation!.metrics['auc']).toBeGreaterThan(0.85)
  expect(evaluation!.baseline['auc']).toBe(0.5)
  expect(evaluation!.reason).toContain('newest rows')
  const [listed] = await listModels(store.database)
  expect(listed).toMatchObject({
    id: modelId,
    algorithm: 'onnx',
    status: 'champion',
    reason: 'the bank’s own',
    data: { imported: true },
  })
  const stored = await modelById(store.database, modelId)
  expect(artefactToOnnx(decodeArtefact(stored!.artefact), modelId)).toEqual(bytes)
})

test('features are named in the order in which the model reads them', async () => {
  await served(150)
  const chosen = [names[4]!, names[1]!]
  const { evaluation } = await importOnnx(request(sigmoidOf(1, 2), { features: chosen }))
  expect(evaluation!.metrics['auc']).toBeGreaterThan(0.85)
  const [listed] = await listModels(store.database)
  expect(listed!.status).toBe('challenger')
})

test('a model that does not fit is refused with the reason, and nothing is registered', async () => {
  const refused = async (bytes: Uint8Array, message: string, changes: Partial<ImportRequest> = {}) =>
    expect(importOnnx(request(bytes, changes))).rejects.toThrow(message)
  await refused(
    sigmoidOf(0, 3),
    `takes rows of 3 numbers, and ${featureSet} has ${names.length}: name those that it takes`,
  )
  await refused(sigmoidOf(0, 3), 'takes rows of 3 numbers, and 2 features are named', {
    features: [names[0]!, names[1]!],
  })
  await refused(sigmoidOf(0, 2), `${featureSet} has no shoe-size`, { features: [names[0]!, 'shoe-size'] })
  await refused(sigmoidOf(0).subarray(0, 90), 'no ONNX model')
  await refused(sigmoidOf(0), 'gives no numbers as "margin"', { scores: { output: 'margin' } })
  await refused(new Uint8Array(6 << 20), 'can be released')
  await served(3)
  await refused(sumModel(names.length), 'must return a probability between 0 and 1')
  expect(await listModels(store.database)).toEqual([])
})
