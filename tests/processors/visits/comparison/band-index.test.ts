import fc from 'fast-check'
import { BANDS } from '../../../../features/visits/texts/text-sketch.ts'
import {
  indexOf,
  textsAlike,
  withoutFirst,
  withText,
  type BandIndex,
} from '../../../../processors/visits/comparison/band-index.ts'

/** Returns bands that differ between texts, except those of the common theme. */
const bandsOf = (text: number, theme: number) =>
  Uint32Array.from({ length: BANDS }, (_, band) =>
    band < 3 ? theme * 1_000_003 + band : Math.imul(text * BANDS + band + 7, 0x9e3779b1),
  )

/** Returns the bands of a text that is not in the index. */
const asked = (theme: number) => bandsOf(1_000_000, theme)

test('finds the texts that share a band, in order, as they come, are forgotten, and outgrow the room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ theme: fc.option(fc.nat(40)), forgets: fc.nat(2) }), { minLength: 1, maxLength: 900 }),
      (steps) => {
        let index = indexOf([])
        const texts: (number | null)[] = []
        let first = 0
        for (const { theme, forgets } of steps) {
          index = withText(index, theme === null ? undefined : bandsOf(texts.length, theme))
          texts.push(theme)
          for (let i = 0; i < forgets && first < texts.length - 1; i++, first++) index = withoutFirst(index)
        }
        expect(index).toMatchObject({ count: texts.length, first })
        for (const theme of [0, 1, 2, 3]) {
          const wanted = [...texts.keys()].filter((text) => text >= first && texts[text] === theme).slice(-64)
          expect([...textsAlike(index, asked(theme))]).toEqual(wanted)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('for a text that everybody writes the newest are found', () => {
  const index = indexOf(Array.from({ length: 5_000 }, (_, text) => bandsOf(text, 1)))
  expect([...textsAlike(index, asked(1))]).toEqual(Array.from({ length: 64 }, (_, i) => 4_936 + i))
})

test('an earlier snapshot of the index does not contain later texts', () => {
  const before = indexOf([bandsOf(0, 1), bandsOf(1, 2)])
  let later: BandIndex = before
  for (let text = 2; text < 600; text++) later = withText(later, bandsOf(text, text % 100))
  expect([...textsAlike(before, asked(1))]).toEqual([0])
  expect([...textsAlike(later, asked(1))]).toEqual([0, 101, 201, 301, 401, 501])
})
