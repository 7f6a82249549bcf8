import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modelFrom } from '../../../models/artefact.ts'
import type { Artefact } from '../../../models/model.ts'
import { decodeModel, encodeModel } from '../../../models/onnx/onnx-codec.ts'
import { random } from '../../../models/random.ts'
import { withHead } from '../../../models/text/tuned-onnx.ts'
import type { TunedTextParameters } from '../../../models/text/tuned-text.ts'
import { importText } from '../../../retrainer/lifecycle/import-text.ts'
import { learnableTaskNamed } from '../../../subjects/subjects.ts'
import { openScoringRuntimes, type OpenRuntimes } from '../../../runtimes/scoring-runtimes.ts'
import { readBackbone } from '../../../runtimes/text/backbone-folder.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { listModels, modelById } from '../../../store/models/models.ts'
import { put, scoreOf, storeUnderTest } from '../../store/store-under-test.ts'

const fetched = fileURLToPath(new URL('../../../deploy/backbone/lib/bge-small-zh', import.meta.url))
const describeWithBackbone = existsSync(fetched) ? describe : describe.skip
const WIDTH = 512

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Writes a backbone with a classification head as one graph. */
function writeTuned(folder: string, classes: number): void {
  const next = random(classes)
  const drawn = (length: number) => Float32Array.from({ length }, () => next() - 0.5)
  const head = { first: drawn(WIDTH * classes), mean: drawn(WIDTH * classes), bias: drawn(classes), temperature: 1 }
  const model = decodeModel(readFileSync(join(fetched, 'model.onnx')))
  writeFileSync(join(folder, 'model.onnx'), encodeModel(withHead(model, WIDTH, head)))
  copyFileSync(join(fetched, 'tokenizer.json'), join(folder, 'tokenizer.json'))
  const files = Object.fromEntries(['model.onnx', 'tokenizer.json'].map((name) => [name, sha256(join(folder, name))]))
  writeFileSync(join(folder, 'backbone.json'), JSON.stringify({ name: 'tuned', lowercaseFirst: true, sha256: files }))
}

describeWithBackbone('a backbone that was tuned with its head', () => {
  const store = storeUnderTest()
  const folder = mkdtempSync(join(tmpdir(), 'tuned-'))
  let runtimes: OpenRuntimes

  beforeAll(() => {
    writeTuned(folder, 2)
    runtimes = openScoringRuntimes({ backbone: { folder, precision: 'float32' } })
  })
  afterAll(async () => {
    await runtimes.close()
    rmSync(folder, { recursive: true })
  })

  const trained = (changes: Partial<TunedTextParameters> = {}): Artefact => ({
    task: 'text',
    algorithm: 'tuned-text',
    featureSet: 'text@1',
    featureNames: [],
    parameters: {
      labels: ['lost', 'won'],
      strategy: 'head-tail',
      piecesMax: 16,
      backbone: readBackbone(folder, 'float32', 'probabilities').id,
      ...changes,
    },
  })
  const options = (task = 'conversion') => ({
    database: store.database,
    runtimes,
    task: learnableTaskNamed(task),
    codeVersion: 'test',
  })

  test('scores served rows by its single graph, and is in use as soon as that is requested', async () => {
    const { names, id } = options().task.features
    const row = names.map(() => Number.NaN)
    const texts = ['客户很感兴趣，约了下周签合同', '客户嫌贵\n没有兴趣', `${'很'.repeat(40)}好`, `${'很'.repeat(60)}好`]
    await put(
      store.database,
      scores,
      texts.map((text, index) => scoreOf(index, { text, row, featureSet: id })),
    )
    const imported = await importText(trained(), { ...options(), promoteBecause: 'trained on the archive' })
    expect(imported).toMatchObject({ probabilityOf: 'won', rows: 0 })
    expect(await listModels(store.database)).toMatchObject([
      { algorithm: 'tuned-text', status: 'champion', task: 'conversion' },
    ])
    const { artefact } = (await modelById(store.database, imported.modelId))!
    const model = modelFrom(artefact, imported.modelId, runtimes)
    expect(model).toMatchObject({ readsText: true, runtime: 'onnx', featureSet: id, outputs: ['score'] })
    const batch = { count: 4, width: names.length, rows: Float32Array.from(texts.flatMap(() => row)), texts }
    const into = new Float64Array(4)
    await model.score(batch, into)
    for (const probability of into) expect(probability > 0 && probability < 1).toBe(true)
    expect(into[0]).not.toBeCloseTo(into[1]!, 3)
    // At most sixteen windows are read, from the beginning and the end: the text between makes no difference.
    expect(into[2]).toBeCloseTo(into[3]!, 6)
  }, 60_000)

  test('is refused with the reason if it does not fit, and nothing is registered', async () => {
    await expect(importText(trained(), options('call-conversion'))).rejects.toThrow('have no text')
    await expect(importText(trained({ labels: ['a', 'b', 'c'] }), options())).rejects.toThrow(
      'The model has 3 classes (a, b, c)',
    )
    await expect(importText(trained({ backbone: 'f00' }), options())).rejects.toThrow('is another one')
    expect(await listModels(store.database)).toEqual([])
  })
})
