import { encodeArtefact, modelFrom } from '../../../../models/artefact.ts'
import type { Dataset } from '../../../../models/model.ts'
import { random } from '../../../../models/random.ts'
import { trainChallenger } from '../../../../retrainer/lifecycle/challenger.ts'
import { OutOfTimeError } from '../../../../retrainer/training/learner.ts'
import { textLearner } from '../../../../retrainer/training/texts/text-learner.ts'
import { openScoringRuntimes } from '../../../../runtimes/scoring-runtimes.ts'
import { backboneFolder } from '../../../models/text/python-reference.ts'

const backbone = { folder: backboneFolder('bge-small-zh'), precision: 'int8', threads: 1 } as const
const next = random(2)
const one = (of: readonly string[]) => of[Math.floor(next() * of.length)]!
const pleased = ['客户很满意，愿意签合同', '客户对产品非常感兴趣', '谈得很顺利，准备下单']
const displeased = ['客户嫌贵，没有兴趣', '客户说不需要，拒绝见面', '联系不上，态度冷淡']
const neutral = ['首次拜访，介绍了产品', '在办公室见面，聊了近况']

function visits(count: number): Dataset {
  const labels = Float64Array.from({ length: count }, () => (next() < 0.5 ? 1 : 0))
  return {
    count,
    width: 1,
    rows: new Float32Array(count),
    featureNames: ['visits'],
    texts: Array.from(labels, (label) => `${one(neutral)}\n${one(label === 1 ? pleased : displeased)}`),
    labels,
    times: Float64Array.from({ length: count }, (_, row) => row),
  }
}

test('a text model challenges like any other, on the backbone, and scores as it was measured', async () => {
  const runtimes = openScoringRuntimes({ backbone })
  const result = await trainChallenger(visits(120), {
    task: 'conversion',
    algorithm: 'text',
    featureSet: 'visits@1',
    seed: 1,
    aids: { backbone, timeMaxMs: 600_000 },
    runtimes,
  })
  expect(result.promote).toBe(true)
  expect(result.metrics['auc']).toBeGreaterThan(0.95)
  const model = modelFrom(result.artefact, 'm', runtimes)
  const into = new Float64Array(2)
  const texts = [`${neutral[0]}\n${pleased[1]}`, `${neutral[0]}\n${displeased[1]}`]
  await model.score({ count: 2, width: 1, rows: new Float32Array(2), texts }, into)
  expect(into[0]).toBeGreaterThan(0.7)
  expect(into[1]).toBeLessThan(0.3)
  await runtimes.close()
  const elsewhere = openScoringRuntimes({ backbone: { ...backbone, precision: 'float32' } })
  expect(() => modelFrom(result.artefact, 'm', elsewhere)).toThrow('at float32 is another one')
  expect(() => modelFrom(encodeArtefact({ ...JSON.parse(Buffer.from(result.artefact).toString()) }), 'm')).toThrow(
    'not at hand',
  )
})

test('a learner that exceeds its time gives up, and leaves no thread behind', async () => {
  const training = textLearner.train(visits(40), 1, undefined, undefined, { backbone, timeMaxMs: 1 })
  await expect(training).rejects.toThrow(new OutOfTimeError('it was not done after 0 s'))
})

test('without a backbone it reports that', async () => {
  await expect(textLearner.train(visits(20), 1)).rejects.toThrow('none is configured')
})
