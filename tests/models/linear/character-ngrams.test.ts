import fc from 'fast-check'
import { BUCKETS, ngramReader } from '../../../models/linear/character-ngrams.ts'

const read = ngramReader()

function vectorOf(text: string | null): Map<number, number> {
  const { length, buckets, values } = read(text)
  return new Map(Array.from({ length }, (_, i) => [buckets[i]!, values[i]!]))
}
const similarity = (a: string, b: string) => {
  const other = vectorOf(b)
  return [...vectorOf(a)].reduce((sum, [bucket, value]) => sum + value * (other.get(bucket) ?? 0), 0)
}

describe('ngramReader', () => {
  it('returns a vector of length 1 for any text, each bucket once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { length, buckets, values } = read(text)
        const used = [...buckets.subarray(0, length)]
        expect(new Set(used).size).toBe(length)
        expect(used.every((bucket) => bucket >= 0 && bucket < BUCKETS)).toBe(true)
        const squares = values.subarray(0, length).reduce((sum, value) => sum + value * value, 0)
        if (length > 0) expect(squares).toBeCloseTo(1, 9)
      }),
    )
  })

  it('has nothing for no text', () => {
    for (const text of [null, '', '  \n']) expect(read(text).length).toBe(0)
  })

  it('reads n-grams of one, two and three code points', () => {
    expect(read('签').length).toBe(1)
    expect(read('𠮷').length).toBe(1)
    expect(read('签合').length).toBe(3)
    expect(read('签合同').length).toBe(6)
    expect(read('签合同了').length).toBe(9)
  })

  it('does not mind width, case and white space', () => {
    expect(vectorOf('ＬＰＲ 利率')).toEqual(vectorOf(' lpr \n\t利率'))
  })

  it('counts a repeated n-gram as 1 + ln c', () => {
    const once = [...vectorOf('ab').values()].map(Math.abs)
    expect(new Set(once.map((value) => value.toFixed(9))).size).toBe(1)
    const twice = [...vectorOf('aa').values()].map(Math.abs).sort((a, b) => a - b)
    expect(twice[1]! / twice[0]!).toBeCloseTo(1 + Math.LN2, 9)
  })

  it('finds texts similar that share words, and others not', () => {
    expect(similarity('客户想签合同', '客户不想签合同')).toBeGreaterThan(0.6)
    expect(Math.abs(similarity('客户想签合同', 'the weather is fine'))).toBeLessThan(0.1)
  })

  it('finds long texts without a common character no more similar because of collisions', () => {
    const text = (from: number) =>
      Array.from({ length: 3000 }, (_, i) => String.fromCodePoint(from + ((i * 7919) % 3000))).join('')
    expect(Math.abs(similarity(text(0x4e00), text(0x6000)))).toBeLessThan(0.04)
  })

  it('reads each text the same, whatever was read before', () => {
    const first = vectorOf('再谈一次')
    read('x'.repeat(5000))
    expect(vectorOf('再谈一次')).toEqual(first)
  })
})
