import { textReasonsOf } from '../../../composition/training/text-reasons.ts'
import { ngramLogistic } from '../../../models/linear/ngram-logistic.ts'

test('a model of words names the visit and the word that carry its score', async () => {
  const count = 60
  const texts = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? `客户很感兴趣，第${i}次` : `没有意向，第${i}次`))
  const parameters = ngramLogistic.train(
    {
      count,
      width: 1,
      rows: new Float32Array(count),
      texts,
      featureNames: ['x'],
      labels: Float64Array.from(texts, (_, i) => 1 - (i % 2)),
      times: Float64Array.from(texts.keys()),
    },
    1,
  )
  const reasons = textReasonsOf({ outputs: ['score'], score: ngramLogistic.scorer(parameters) })
  const { lines, words } = await reasons({ values: Float32Array.of(0), text: '没有意向\n客户很感兴趣' }, 0, 3)
  const effectOf = (text: string) => lines.find((line) => line.text === text)!.effect
  expect(effectOf('客户很感兴趣')).toBeGreaterThan(0)
  expect(effectOf('没有意向')).toBeLessThan(0)
  expect(words.length).toBeGreaterThan(0)
})
