import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeArtefact } from '../../../models/artefact.ts'
import { checkIntentFolder } from '../../../composition/training/check-intent-folder.ts'
import { checkTextFolder, textLossesOf } from '../../../composition/training/check-text-folder.ts'
import { intentOutputs } from '../../../models/intent/intent.ts'
import { defaultIntentSettings } from '../../../retrainer/training/intents/learn-intents.ts'
import { intentTextsOf } from '../../../retrainer/training/intents/intent-texts.ts'
import { trainOnIntents } from '../../../retrainer/training/intents/train-on-intents.ts'
import { writeModelFolder } from '../../../retrainer/training/model-folder.ts'
import { random } from '../../../models/random.ts'
import { joinCases } from '../../../retrainer/training/texts/join-cases.ts'
import { trainOnText } from '../../../retrainer/training/texts/train-on-text.ts'
import { letterEncoder } from '../../models/text/letter-encoder.ts'

const next = random(4)
const encoder = letterEncoder()
const encoders = { encoder: () => () => Promise.resolve(encoder) }
const written = (artefact: Uint8Array) => {
  const folder = mkdtempSync(join(tmpdir(), 'checked-'))
  writeModelFolder(folder, { artefact, metrics: {}, madeBy: 'test' })
  return folder
}

describe('a model of texts', () => {
  const data = Array.from({ length: 80 }, (_, row) => ({
    text: `${'abc'[next() < 0.8 ? row % 2 : 2]!}${'defg'[Math.floor(next() * 4)]!}`,
    at: `${String(28 - (row % 28)).padStart(2, '0')}.0${1 + Math.floor(row / 28)}.2026`,
    won: row % 2,
  }))
  const fields = { text: 'text', time: 'at', dates: undefined }
  const { cases } = joinCases({ data }, fields, 1)
  const labels = Int32Array.from(cases.newest, (row) => data[row]!.won)
  const training = () =>
    trainOnText(cases, labels, ['0', '1'], {
      encoder,
      strategies: ['newest'],
      withTerms: 'if-better',
      classWeights: 'none',
      seed: 1,
    })
  type Training = Awaited<ReturnType<typeof training>>
  const folderOf = ({ parameters }: Training, read: object = fields) =>
    written(
      encodeArtefact({
        task: 'text',
        algorithm: 'text',
        featureSet: 'text@1',
        featureNames: [],
        parameters: { ...parameters, fields: read },
      }),
    )
  const testedOf = ({ testRows, finalProbabilities, probabilities }: Training) => ({
    files: { data },
    seed: 1,
    testRows,
    lossesOf: textLossesOf(labels, testRows, 2),
    trained: finalProbabilities,
    measured: probabilities,
  })

  test('scores the test cases from its folder as it was trained', async () => {
    const given = await training()
    expect(given.testRows).toHaveLength(16)
    await expect(checkTextFolder(folderOf(given), testedOf(given), encoders)).resolves.toBeUndefined()
  })

  test('whose folder reads other fields, or cases in another order, is refused and made unusable', async () => {
    const given = await training()
    for (const read of [{ ...fields, text: 'at' }, { text: 'text' }]) {
      const folder = folderOf(given, read)
      await expect(checkTextFolder(folder, testedOf(given), encoders)).rejects.toThrow('not the one that was measured')
      expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
    }
  })
})

describe('a model of intents', () => {
  const rows = Array.from({ length: 120 }, (_, row) => ({
    text: ['check my balance', 'block the card', 'open an account'][row % 3]!,
    intent: row % 10 === 9 ? '' : ['balance', 'block', 'open'][row % 7 === 6 ? (row + 1) % 3 : row % 3]!,
    context: { calls: row === 119 ? '#REF!' : row % 4 },
  }))
  const fields = { text: 'text', target: 'intent', context: 'context' }
  const texts = intentTextsOf(
    rows,
    fields,
    Int32Array.from({ length: 90 }, (_, row) => row),
  )
  const settings = { ...defaultIntentSettings, width: 16, heads: 2, layers: 1, feedForward: 16, epochs: 3 }

  test('scores the test texts from its folder as it was trained, bad values of contexts too', async () => {
    const times = Float64Array.from(rows.keys())
    const training = await trainOnIntents(texts, { settings, seed: 1, withTerms: true, withBaseline: true, times })
    expect(texts.unparsedContexts).toHaveLength(1)
    expect(training.baseline!.none.noneTexts).toBe(training.none.noneTexts)
    const artefact = (parameters: object) =>
      encodeArtefact({
        task: 'intent',
        algorithm: 'intent',
        featureSet: texts.featureSet,
        featureNames: texts.names,
        outputs: intentOutputs(texts),
        parameters,
      })
    const folder = written(artefact({ ...training.parameters, fields }))
    await expect(checkIntentFolder(folder, rows, texts.labels, training)).resolves.toBeUndefined()
    const other = written(artefact({ ...training.parameters, temperature: 3, fields }))
    await expect(checkIntentFolder(other, rows, texts.labels, training)).rejects.toThrow(
      'not the one that was measured',
    )
  }, 60_000)
})
