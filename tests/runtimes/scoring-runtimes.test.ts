import { encodeArtefact, modelFrom } from '../../models/artefact.ts'
import { deep } from '../../models/deep/deep.ts'
import { importedParameters } from '../../models/onnx/imported.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { mixedData } from '../models/deep/mixed-data.ts'
import { untrainedNetwork } from '../models/deep/untrained-network.ts'
import { batchOf } from '../models/onnx/onnx-scores.ts'
import { waitFor } from '../support/services.ts'
import { sumModel } from './onnx-models.ts'

const program = (name: string) => new URL(`./${name}.ts`, import.meta.url)

test('networks of one output and of several score as in plain code, within a millionth', async () => {
  const runtimes = openScoringRuntimes()
  for (const head of ['binary', 'multi-label', 'regression'] as const) {
    const data = mixedData(300, head)
    const parameters = untrainedNetwork(head)
    const { scorer } = deep
    const plain = new Float64Array(data.count * data.outputs)
    await scorer(parameters)(data, plain)
    const remote = new Float64Array(plain.length)
    await scorer(parameters, runtimes)(data, remote)
    expect(plain.every((score, i) => Math.abs(score - remote[i]!) <= 1e-6 * Math.max(1, Math.abs(score)))).toBe(true)
  }
  await runtimes.close()
})

test('an imported model scores like one of our artefacts, from the features that it reads', async () => {
  const runtimes = openScoringRuntimes()
  const bytes = encodeArtefact({
    task: 'loan-demand',
    algorithm: 'onnx-rate',
    featureSet: 'test@1',
    featureNames: ['a', 'b', 'c'],
    chosen: [2, 0],
    parameters: importedParameters(sumModel(2), {}),
  })
  expect(() => modelFrom(bytes, 'm')).toThrow('scored by ONNX Runtime, which is not at hand here')
  const model = modelFrom(bytes, 'm', runtimes)
  const into = new Float64Array(2)
  await model.score(
    {
      ...batchOf([
        [1, 20, 300],
        [4, 5, 6],
      ]),
      texts: [null, null],
    },
    into,
  )
  expect([...into]).toEqual([301, 10])
  expect(model.runtime).toBe('onnx')
  await runtimes.close()
})

test('a model is opened at its first use, and again after it was idle', async () => {
  let opened = 0
  const runtimes = openScoringRuntimes({ idleMs: 1 })
  const score = runtimes.onnx(() => {
    opened++
    return sumModel(1)
  }, {})
  expect(opened).toBe(0)
  const into = new Float64Array(1)
  const batch = batchOf([[7]])
  await waitFor(
    async () => {
      await score(batch, into)
      expect(into[0]).toBe(7)
      return opened > 1
    },
    { what: 'the model to be opened anew' },
  )
  await runtimes.close()
  await score(batch, into)
  await runtimes.close()
})

test('a thread that dies fails its batch, and the next one has another thread', async () => {
  const runtimes = openScoringRuntimes({ program: program('mortal-onnx-worker') })
  const score = runtimes.onnx(() => sumModel(1), {})
  const into = new Float64Array(1)
  await expect(score(batchOf([[-1]]), into)).rejects.toThrow('struck down')
  await score(batchOf([[3]]), into)
  expect(into[0]).toBe(3)
  await runtimes.close()
})

test('a score that never comes is awaited no longer than the limit', async () => {
  const runtimes = openScoringRuntimes({ program: program('silent-onnx-worker'), limitMs: 200 })
  const score = runtimes.onnx(() => sumModel(1), {})
  await expect(score(batchOf([[1]]), new Float64Array(1))).rejects.toThrow('within 0.2 s')
  await runtimes.close()
})

test('a model that can’t be opened is reported at every use', async () => {
  const runtimes = openScoringRuntimes()
  const score = runtimes.onnx(() => Uint8Array.of(1, 2, 3), {})
  for (let use = 0; use < 2; use++)
    await expect(score(batchOf([[1]]), new Float64Array(1))).rejects.toThrow('no ONNX model')
  await runtimes.close()
})
