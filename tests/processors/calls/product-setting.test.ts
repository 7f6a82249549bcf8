import { productSetting } from '../../../processors/calls/product-setting.ts'

const spoken = { language: 'en', name: 'Card', advantages: [] }
const refuses = (value: object) =>
  productSetting.validate!({ spoken: [], retired: false, ...value } as never, undefined)

test('a product is called something, once in each language', () => {
  expect(refuses({ spoken: [spoken, { ...spoken, language: 'zh' }] })).toBeUndefined()
  expect(refuses({})).toMatch(/in one language at least/)
  expect(refuses({ spoken: [spoken, spoken] })).toBe('The language en is listed twice: merge the two entries.')
  expect(refuses({ retired: true })).toBeUndefined()
})

test('the products of the demo are valid', () => {
  expect([...productSetting.defaults.values()].map(refuses)).toEqual([...productSetting.defaults].map(() => undefined))
})
