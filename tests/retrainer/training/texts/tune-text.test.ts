import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TextCase } from '../../../../models/text/text-case.ts'
import type { TuneCheckpoint } from '../../../../retrainer/training/texts/train-epochs.ts'
import { defaultTuning } from '../../../../retrainer/training/texts/tune-settings.ts'
import { tuneText } from '../../../../retrainer/training/texts/tune-text.ts'
import { readBackbone } from '../../../../runtimes/text/backbone-folder.ts'

const folder = fileURLToPath(new URL('../../../../deploy/backbone/lib/bge-small-zh', import.meta.url))
const testWithBackbone = existsSync(join(folder, 'model.onnx')) ? test : test.skip

const SAID = [
  ['客户很满意', '准备签合同', '愿意下单', '非常感兴趣'],
  ['客户嫌贵', '拒绝了', '没有兴趣', '不要再联系'],
] as const

const labels = Int32Array.from({ length: 60 }, (_, index) => index % 2)
const cases = Array.from(labels, (label, index): TextCase => ({
  records: [{ text: `${SAID[label]![(index >> 1) % 4]}，第${index}次`, at: Number.NaN }],
}))
const times = new Float64Array(labels.length).fill(Number.NaN)

testWithBackbone(
  'a tuning that was interrupted goes on after its best epoch',
  async () => {
    const checkpoints: TuneCheckpoint[] = []
    const losses: number[] = []
    const shares: number[] = []
    const tune = (epochs: number, checkpoint?: TuneCheckpoint) =>
      tuneText(cases, times, labels, ['lost', 'won'], {
        file: join(folder, 'model.onnx'),
        tokenizer: readBackbone(folder, 'float32', undefined).tokenizer,
        tune: 'last',
        strategy: 'newest',
        classWeights: 'balanced',
        settings: { ...defaultTuning.last, epochs, batchRows: 4, accumulate: 2, piecesMax: 32, dropout: 0 },
        seed: 3,
        checkpoint,
        save: (state) => checkpoints.push(state),
        progress(share, loss) {
          shares.push(share)
          losses.push(loss!)
        },
      })
    await tune(1)
    const [first] = checkpoints
    expect(first).toMatchObject({ epochs: 1 })
    // There are 38 training cases, in ten batches of four; two batches make a step.
    expect(shares).toHaveLength(5)
    const [begun] = losses.splice(0)
    shares.length = 0

    const resumed = await tune(3, first)
    expect(shares[0]).toBeCloseTo(6 / 15, 9)
    expect(losses[0]).toBeLessThan(begun!)
    expect(resumed.validationLoss).toBeLessThanOrEqual(first!.bestLoss)
    expect(resumed.epochs).toBeGreaterThanOrEqual(1)
    expect(resumed.probabilities).toHaveLength(2 * resumed.testCases)
    expect(checkpoints.at(-1)!.bestLoss).toBeLessThanOrEqual(first!.bestLoss)
  },
  180_000,
)

testWithBackbone('texts of one class only are refused', async () => {
  await expect(
    tuneText(cases, times, new Int32Array(labels.length), ['lost'], {
      file: join(folder, 'model.onnx'),
      tokenizer: readBackbone(folder, 'float32', undefined).tokenizer,
      tune: 'all',
      strategy: 'newest',
      classWeights: 'none',
      settings: defaultTuning.all,
      seed: 1,
    }),
  ).rejects.toThrow('All 60 cases are "lost"')
})
