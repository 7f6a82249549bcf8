import { scriptChoiceSetting } from '../../../processors/calls/script-choice-setting.ts'

const delivered = scriptChoiceSetting.defaults.get('default')!
const refuses = (changes: object) => scriptChoiceSetting.validate!({ ...delivered, ...changes }, undefined)

test('the prior includes at least one call without a conversion', () => {
  expect(refuses({})).toBeUndefined()
  expect(refuses({ priorConversions: 19 })).toBeUndefined()
  expect(refuses({ priorConversions: 19.5 })).toBe(
    '19.5 conversions in 20 calls leave less than one call without: give priorCalls more.',
  )
})
