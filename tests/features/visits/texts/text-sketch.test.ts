import fc from 'fast-check'
import { comparedText, clausesOf, verbatimClauses } from '../../../../features/visits/texts/clauses.ts'
import {
  bandsOf,
  containedShare,
  similarity,
  sketchOf,
  verbatimShare,
} from '../../../../features/visits/texts/text-sketch.ts'

const read = (text: string) => sketchOf(clausesOf(comparedText(text)), text.length, verbatimClauses(comparedText(text)))
const sketch = (text: string) => read(text)!
const words = fc.array(
  fc.constantFrom('客户', '设备', '报价', '仓库', '利率', '合同', '下周', '产线', '审批', '流水'),
  {
    minLength: 5,
    maxLength: 40,
  },
)

test('a text equals itself, in whatever order its sentences are', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (sentences) => {
      const parts = sentences.map((letters) => `${letters.join('')}。`)
      const [one, other] = [sketch(parts.join('')), sketch(parts.toReversed().join(''))]
      expect(similarity(one, other)).toBe(1)
      expect(bandsOf(one)).toEqual(bandsOf(other))
    }),
  )
})

test('the estimate is near the true share', () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [a, b] = [one.join(''), other.join('')]
      const grams = (text: string) =>
        new Set([3, 4, 5].flatMap((n) => Array.from({ length: text.length - n + 1 }, (_, i) => text.slice(i, i + n))))
      const [ofA, ofB] = [grams(a), grams(b)]
      const common = [...ofA].filter((gram) => ofB.has(gram)).length
      const truth = common / (ofA.size + ofB.size - common)
      // Six standard deviations of 96 draws.
      expect(Math.abs(similarity(sketch(a), sketch(b)) - truth)).toBeLessThan(0.31)
    }),
  )
})

test('a part is contained, and the whole is not', () => {
  const part = '客户对三年期设备贷款感兴趣，问了提前还款的条件'
  const whole = `${part}。仓库刚搬到开发区，面积大了一倍，下半年还要招人，旺季之前要把新产线装好`
  expect(containedShare(sketch(part), sketch(whole))).toBeGreaterThan(0.8)
  expect(containedShare(sketch(whole), sketch(part))).toBeLessThan(0.6)
})

test('nothing has no sketch; a hundred kilobytes have one', () => {
  expect(read('……！')).toBeUndefined()
  expect(sketch('客户对设备贷款感兴趣。'.repeat(10_000)).grams).toBeLessThan(100)
})

test('word for word is with names and numbers, whatever the punctuation', () => {
  const text = '王总要3台设备，下周签约，约在厂里见。'
  expect(verbatimShare(sketch(text), sketch(text.replaceAll('，', '；')))).toBe(1)
  const other = text.replace('王总', '李总').replace('3', '5')
  expect(verbatimShare(sketch(text), sketch(other))).toBeCloseTo(2 / 3)
  expect(similarity(sketch(text), sketch(other))).toBe(1)
})
