import fc from 'fast-check'
import { occlude, type TextReasons } from '../../../models/text/occlusion.ts'

/** A scorer in which each word adds its weight to the log-odds. */
function scoreBy(weights: Readonly<Record<string, number>>) {
  return (text: string) => {
    const margin = Object.entries(weights).reduce((sum, [word, weight]) => sum + (text.includes(word) ? weight : 0), 0)
    return 1 / (1 + Math.exp(-margin))
  }
}

function run(text: string, score: (text: string) => number, most = 5): TextReasons & { readonly asked: number } {
  const reading = occlude(text.split('\n'), most)
  let asked = 0
  for (let step = reading.next(); ;) {
    if (step.done === true) return { ...step.value, asked }
    asked += step.value.length
    step = reading.next(
      Float64Array.from(step.value, (lines) => score(lines.filter((line) => line !== undefined).join('\n'))),
    )
  }
}

test('the visit and the words that carry the score', () => {
  const { lines, words } = run(
    'they asked for an offer\nnothing new\nprice is too high',
    scoreBy({ offer: 2, high: -1, new: 0 }),
  )
  expect(lines.map(({ line, text }) => [line, text])).toEqual([
    [0, 'they asked for an offer'],
    [2, 'price is too high'],
  ])
  expect(lines[0]!.effect).toBeCloseTo(2, 9)
  expect(words.map(({ text, effect }) => [text, Math.round(effect)])).toEqual([
    ['offer', 2],
    ['high', -1],
  ])
})

test('Chinese words are found without blanks', () => {
  const { words } = run('客户对利率很满意', scoreBy({ 满意: 1.5 }))
  expect(words[0]).toMatchObject({ line: 0, text: '满意' })
})

test('a long text needs a bounded number of scores, the newest lines and all words of a line', () => {
  const line = Array.from({ length: 500 }, (_, i) => `word${i}`).join(' ')
  const { asked, lines, words } = run(Array(200).fill(line).join('\n') + '\nyes', scoreBy({ yes: 1, word499: 0 }))
  expect(asked).toBeLessThanOrEqual(1 + 60 + 2 * 60)
  expect(lines.map(({ line: number }) => number)).toEqual([200])
  expect(words.map(({ text }) => text)).toEqual(['yes'])
})

test('an empty text has no parts', () => {
  expect(run('', () => 0.5)).toEqual({ lines: [], words: [], asked: 1 })
})

test('any text is read without an error, and effects are those of omitting the named words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const score = (of: string) => 1 / (1 + of.length)
      const { lines } = run(text, score)
      const all = text.split('\n')
      for (const { line, text: shown } of lines) expect(all[line]).toBe(shown)
    }),
  )
})
