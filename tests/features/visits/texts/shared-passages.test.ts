import fc from 'fast-check'
import { sharedPassages } from '../../../../features/visits/texts/shared-passages.ts'

const said = (text: string, other: string) =>
  sharedPassages(text, other).map(({ from, to, otherFrom, otherTo }) => [
    text.slice(from, to),
    other.slice(otherFrom, otherTo),
  ])

test('the same words are found whatever was changed around them: punctuation, width, numbers, kind of characters', () => {
  expect(said('客户想贷款50万，期限三年。', '王总說：客戶想貸款８０萬,期限三年!')).toEqual([
    ['客户想贷款50万，期限三年', '客戶想貸款８０萬,期限三年'],
  ])
  expect(said('He asked for an offer, until FRIDAY.', 'Today he asked for an offer until Friday')).toEqual([
    ['He asked for an offer, until FRIDAY', 'he asked for an offer until Friday'],
  ])
})

test('sentences in another order are found one by one; short common words are not', () => {
  expect(said('先看了新厂房。客户担心利率太高。', '客户担心利率太高。后来先看了新厂房。')).toEqual([
    ['先看了新厂房', '先看了新厂房'],
    ['客户担心利率太高', '客户担心利率太高'],
  ])
  expect(said('The customer is fine.', 'Is the price fine?')).toEqual([])
  expect(said('今天拜访', '今天拜访')).toEqual([])
  expect(said('', 'something that is long enough')).toEqual([])
})

test('places are those of the text, beyond the basic plane too', () => {
  expect(said('👩‍👩‍👧‍👦𠮷野家的老板想开新店铺', '𠮷野家的老板想开新店铺🏦')).toEqual([
    ['𠮷野家的老板想开新店铺', '𠮷野家的老板想开新店铺'],
  ])
})

test('passages are in order, do not overlap, and begin and end on letters (property)', () => {
  const text = fc.string({
    unit: fc.constantFrom('客', '户', '想', '贷', 'a', 'b', ' ', '，', '1', '𠮷'),
    maxLength: 80,
  })
  fc.assert(
    fc.property(text, text, text, (one, two, common) => {
      const [first, second] = [`${one}${common}`, `${common}${two}`]
      let end = 0
      for (const { from, to, otherFrom, otherTo } of sharedPassages(first, second)) {
        expect(from).toBeGreaterThanOrEqual(end)
        expect(to).toBeGreaterThan(from)
        expect(otherTo).toBeLessThanOrEqual(second.length)
        const letters = (part: string) => part.replace(/[ ，]/g, '').replace(/\d/g, '0')
        expect(letters(first.slice(from, to))).toBe(letters(second.slice(otherFrom, otherTo)))
        end = to
      }
    }),
  )
})
