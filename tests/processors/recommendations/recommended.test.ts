import fc from 'fast-check'
import { defaultDictionary } from '../../../processors/recommendations/default-dictionary.ts'
import { recommended, unknownTo, type Audience } from '../../../processors/recommendations/recommended.ts'
import { stages, type Dictionary } from '../../../schemas/recommendations/dictionary.ts'

const audience: Audience = { stage: 'sale', fieldOfActivity: 'Trade', segment: null, interests: ['Financing'] }
const ids = defaultDictionary.characteristics.map(({ id }) => id)
const changed = (id: string, changes: Partial<Dictionary['characteristics'][number]>): Dictionary => ({
  ...defaultDictionary,
  characteristics: defaultDictionary.characteristics.map((one) => (one.id === id ? { ...one, ...changes } : one)),
})

test('characteristics above the threshold are named, best first, with the needs they answer and the advice of the stage', () => {
  const items = recommended(
    ['low-rate', 'flexible-repayment', 'group-cover'],
    [0.4, 0.9, 0.39],
    0.4,
    defaultDictionary,
    audience,
  )
  expect(items.map(({ characteristicId }) => characteristicId)).toEqual(['flexible-repayment', 'low-rate'])
  // Stock for the season is a need of trade, machines are a need of manufacturing.
  expect(items[0]).toMatchObject({
    name: 'Flexible repayment',
    product: 'business-loan',
    probability: 0.9,
    needs: [
      { id: 'seasonal-stock', category: 'financing', ofContacts: true },
      { id: 'late-payers', category: 'cash flow', ofContacts: false },
    ],
    advice: 'Draw a plan of instalments by their own season.',
  })
  expect(items[1]!.needs).toEqual([
    { id: 'lower-costs', name: 'Pay less for everyday banking', category: 'costs', ofContacts: false },
  ])
})

test('needs of the contacts’ interests come first', () => {
  const [item] = recommended(['no-collateral'], [1], 0, defaultDictionary, { ...audience, interests: ['cash flow'] })
  expect(item!.needs.map(({ id, ofContacts }) => [id, ofContacts])).toEqual([
    ['wages-on-time', true],
    ['quick-money', false],
  ])
})

test('the advice differs by stage; missing advice is null', () => {
  const advice = stages.map(
    (stage) => recommended(['low-rate'], [1], 0, defaultDictionary, { ...audience, stage })[0]!.advice,
  )
  expect(new Set(advice).size).toBe(stages.length)
  expect(recommended(['low-rate'], [1], 0, changed('low-rate', { advice: {} }), audience)[0]!.advice).toBeNull()
})

test('an output is found by its id, wherever it is in the dictionary: order and additions change no name (spec R5)', () => {
  const grown: Dictionary = {
    ...defaultDictionary,
    characteristics: [
      { ...defaultDictionary.characteristics[0]!, id: 'new', name: 'New' },
      ...defaultDictionary.characteristics.toReversed(),
    ],
  }
  const probabilities = ids.map((_, place) => (place + 1) / (ids.length + 1))
  expect(recommended(ids, probabilities, 0, grown, audience)).toEqual(
    recommended(ids, probabilities, 0, defaultDictionary, audience),
  )
  expect(unknownTo(ids, grown)).toEqual(['new'])
})

test('retired or removed entries are never recommended', () => {
  fc.assert(
    fc.property(
      fc.subarray(ids),
      fc.subarray(ids),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (retired, gone, threshold) => {
        const dictionary: Dictionary = {
          ...defaultDictionary,
          characteristics: defaultDictionary.characteristics
            .filter(({ id }) => !gone.includes(id))
            .map((one) => ({ ...one, retired: retired.includes(one.id) })),
        }
        const probabilities = ids.map((_, place) => place / ids.length)
        const items = recommended(ids, probabilities, threshold, dictionary, audience)
        const expected = ids.filter(
          (id, place) => !retired.includes(id) && !gone.includes(id) && probabilities[place]! >= threshold,
        )
        expect(items.map(({ characteristicId }) => characteristicId)).toEqual(expected.toReversed())
        expect(unknownTo(ids, dictionary)).toEqual([])
      },
    ),
  )
})

test('a retired need is not shown, and NaN recommends nothing', () => {
  const needs = defaultDictionary.needs.map((need) => ({ ...need, retired: true }))
  expect(recommended(['low-rate'], [1], 0, { ...defaultDictionary, needs }, audience)[0]!.needs).toEqual([])
  expect(recommended(['low-rate'], [Number.NaN], 0, defaultDictionary, audience)).toEqual([])
})
